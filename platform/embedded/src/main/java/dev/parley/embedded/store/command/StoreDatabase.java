package dev.parley.embedded.store.command;

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
import dev.parley.embedded.store.collection.CollectionRegistry;
import dev.parley.embedded.store.collection.StoreCollection;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.storage.ColumnFamily;
import dev.parley.embedded.store.storage.KeyValueStorage;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database. It passes each command to the class that carries it out, and refuses commands that it does not know. */
final class StoreDatabase extends AbstractMongoDatabase<byte[]> {

    private final CollectionRegistry collections;
    private final KeyValueStorage storage;
    private final ReadCommands reads;
    private final WriteCommands writes;
    private final IndexCommands indexCommands;
    private final AdministrationCommands administration;

    StoreDatabase(
            String name,
            CursorRegistry registry,
            KeyValueStorage storage,
            CollectionRegistry collections,
            OpenCursors cursors) {
        super(name, registry);
        this.collections = collections;
        this.storage = storage;
        this.reads = new ReadCommands(this, cursors);
        this.writes = new WriteCommands(this);
        this.indexCommands = new IndexCommands(this);
        this.administration = new AdministrationCommands(this, collections);
    }

    @Override
    public Document handleCommand(
            Channel channel, String command, Document query, DatabaseResolver resolver, Oplog oplog) {
        UnsupportedFeatures.rejectOptions(query);
        WriteCommands.Library library =
                (name, document) -> super.handleCommand(channel, name, document, resolver, oplog);
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
            storage.awaitDurable();
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
        storage.awaitDurable();
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
        throw StoreError.notSupported("Renaming a collection");
    }

    @Override
    protected Index<byte[]> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        throw new UnsupportedOperationException("IndexCommands creates indexes");
    }

    @Override
    protected MongoCollection<byte[]> openOrCreateCollection(String name, CollectionOptions options) {
        throw new UnsupportedOperationException("CollectionRegistry creates collections");
    }

    @Override
    protected long getFileSize() {
        return storage.sizeOnDisk(ColumnFamily.DOCUMENTS);
    }

    @Override
    protected long getStorageSize() {
        return getFileSize();
    }
}
