package dev.parley.embedded.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.exception.NamespaceExistsException;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database: sends each command to the class that knows it, and the rest to the library. */
final class StoreDatabase extends AbstractMongoDatabase<byte[]> {

    private final Collections collections;
    private final Storage storage;
    private final Reads reads;
    private final Writes writes;
    private final IndexCommands indexCommands;
    private final Administration administration;

    StoreDatabase(String name, CursorRegistry registry, Storage storage, Collections collections, Cursors cursors) {
        super(name, registry);
        this.collections = collections;
        this.storage = storage;
        this.reads = new Reads(this, cursors);
        this.writes = new Writes(this);
        this.indexCommands = new IndexCommands(this);
        this.administration = new Administration(this, collections);
    }

    @Override
    public Document handleCommand(
            Channel channel, String command, Document query, DatabaseResolver resolver, Oplog oplog) {
        NotSupported.rejectOptions(query);
        Writes.Library library = (name, document) -> super.handleCommand(channel, name, document, resolver, oplog);
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "find" -> reads.find(query);
            case "aggregate" -> reads.aggregate(query, resolver, oplog);
            case "count" -> reads.count(query);
            case "distinct" -> reads.distinct(query, library);
            case "explain" -> reads.explain(query);
            case "insert" -> durably(() -> writes.insert(query));
            case "update" -> durably(() -> writes.update(query, library));
            case "delete" -> durably(() -> writes.delete(query, library));
            case "findandmodify" -> durably(() -> writes.findAndModify(query));
            case "create" -> durably(() -> administration.create(query));
            case "drop" -> durably(() -> administration.drop(query));
            case "createindexes" -> durably(() -> indexCommands.create(query));
            case "dropindexes" -> durably(() -> indexCommands.drop(query));
            case "listindexes" -> indexCommands.list(query);
            case "listcollections" -> administration.listCollections(query);
            case "collstats" -> administration.collectionStatistics(query);
            case "dbstats" -> administration.databaseStatistics();
            case "validate" -> administration.validate(query);
            default -> throw new NoSuchCommandException(command);
        };
    }

    private Document durably(Supplier<Document> write) {
        try {
            return write.get();
        } finally {
            storage.acknowledge();
        }
    }

    String namespace(String collection) {
        return getFullCollectionNamespace(collection);
    }

    @Nullable StoreCollection collection(String name) {
        return collections.find(namespace(name));
    }

    @Override
    public StoreCollection resolveOrCreateCollection(String name) {
        return collections.findOrCreate(this, name);
    }

    @Override
    public @Nullable MongoCollection<byte[]> resolveCollection(String name, boolean throwIfNotFound) {
        StoreCollection collection = collection(name);
        if (collection == null && throwIfNotFound) {
            throw new MongoServerException("Collection [" + namespace(name) + "] not found.");
        }
        return collection;
    }

    @Override
    public MongoCollection<byte[]> createCollectionOrThrowIfExists(String name, CollectionOptions options) {
        if (collection(name) != null) {
            throw new NamespaceExistsException("Collection already exists. NS: " + namespace(name));
        }
        return resolveOrCreateCollection(name);
    }

    @Override
    public boolean isEmpty() {
        return collections.of(getDatabaseName()).isEmpty();
    }

    @Override
    public void drop(Oplog oplog) {
        collections.of(getDatabaseName()).forEach(collections::drop);
        storage.acknowledge();
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        StoreCollection collection = collection(name);
        if (collection != null) {
            collections.drop(collection);
        }
    }

    @Override
    public void moveCollection(MongoDatabase oldDatabase, MongoCollection<?> collection, String newName) {
        throw NotSupported.error("Renaming a collection");
    }

    @Override
    protected Index<byte[]> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        throw new UnsupportedOperationException("indexes are made by IndexCommands");
    }

    @Override
    protected MongoCollection<byte[]> openOrCreateCollection(String name, CollectionOptions options) {
        throw new UnsupportedOperationException("collections are made by Collections");
    }

    @Override
    protected long getFileSize() {
        return storage.sizeOnDisk(Family.DOCUMENTS);
    }

    @Override
    protected long getStorageSize() {
        return getFileSize();
    }
}
