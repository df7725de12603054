package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import dev.parley.embedded.store.collection.CollectionRegistry;
import dev.parley.embedded.store.collection.ExpiredDocuments;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.query.QueryStatistics;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.embedded.store.storage.KeyValueStorage;
import dev.parley.embedded.store.table.Catalog;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Carries out the commands that belong to no database, and passes the others to their database. */
public final class StoreBackend extends AbstractMongoBackend {

    private static final int MAX_WRITE_BATCH = 100_000;

    private final OperationCounters operations = new OperationCounters();
    private final KeyValueStorage storage;
    private final CollectionRegistry collections;
    private final OpenCursors cursors;
    private final BackgroundSweeper sweeper;

    /** Opens what is stored and starts to sweep. {@link #close} closes the storage too. */
    public StoreBackend(KeyValueStorage storage, StoreSettings settings, QueryStatistics statistics) {
        this.storage = storage;
        this.collections = new CollectionRegistry(new Catalog(storage), getCursorRegistry(), statistics);
        this.cursors = new OpenCursors(getClock(), settings.cursorTimeout());
        this.sweeper = new BackgroundSweeper(cursors, new ExpiredDocuments(collections, getClock()));
        version(Version.MONGO_5);
        collections.open(this::resolveDatabase);
        sweeper.start(settings.expirySweep());
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new StoreDatabase(name, getCursorRegistry(), storage, collections, cursors);
    }

    @Override
    protected Set<String> listDatabaseNames() {
        return collections.databaseNames();
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        operations.count(command, query);
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "serverstatus" -> Replies.ok(operations.serverStatus());
            case "hello" -> hello("isWritablePrimary");
            case "ismaster" -> hello("ismaster");
            case "endsessions", "killsessions" -> Replies.ok();
            case "renamecollection" -> throw StoreError.notSupported("Renaming a collection");
            case "committransaction", "aborttransaction" -> {
                UnsupportedFeatures.rejectOptions(query.append("autocommit", false));
                yield Replies.ok();
            }
            default -> super.handleCommand(channel, database, command, query);
        };
    }

    @Override
    protected Document handleGetMore(String database, String command, Document query) {
        return cursors.nextBatch(query);
    }

    @Override
    protected Document handleKillCursors(Document query) {
        return cursors.kill(query);
    }

    private static Document hello(String primaryField) {
        return Replies.ok(new Document("helloOk", true)
                .append(primaryField, true)
                .append("maxBsonObjectSize", BsonConstants.MAX_BSON_OBJECT_SIZE)
                .append("maxMessageSizeBytes", MongoWireProtocolHandler.MAX_MESSAGE_SIZE_BYTES)
                .append("maxWriteBatchSize", MAX_WRITE_BATCH)
                .append("localTime", Instant.now())
                .append("minWireVersion", 0)
                .append("maxWireVersion", Version.MONGO_5.getWireVersion())
                .append("readOnly", false));
    }

    // The library knows a database only once it was used; the stored collections are dropped in any case.
    @Override
    public void dropDatabase(String name) {
        resolveDatabase(name);
        super.dropDatabase(name);
    }

    /** See {@link KeyValueStorage#checkpoint}. */
    public void checkpoint(Path folder, Runnable meanwhile) throws IOException {
        storage.checkpoint(folder, meanwhile);
    }

    @Override
    public void close() {
        sweeper.close();
        super.close();
        storage.close();
    }

    /** The version that the store reports. The wire version tells a driver which commands and options it may use. */
    private enum Version implements MongoVersion {
        MONGO_5;

        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0, 0);
        }

        @Override
        public String toVersionString() {
            return Utils.join(List.of(5, 0, 0), ".");
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    }
}
