package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.collection.CollectionRegistry;
import dev.parley.embedded.store.collection.StoreCollection;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.table.Table;
import java.util.List;

/** The commands that create, drop, list and inspect collections. */
final class AdministrationCommands {

    private final StoreDatabase database;
    private final CollectionRegistry collections;

    AdministrationCommands(StoreDatabase database, CollectionRegistry collections) {
        this.database = database;
        this.collections = collections;
    }

    Document create(Document command) {
        if (Boolean.TRUE.equals(command.get("capped"))) {
            throw StoreError.notSupported("A capped collection");
        }
        database.createCollectionOrThrowIfExists(
                CommandArguments.collection(command), CollectionOptions.withDefaults());
        return Replies.ok();
    }

    Document drop(Document command) {
        StoreCollection collection = existing(CommandArguments.collection(command));
        Document reply = new Document("nIndexesWas", collection.getNumIndexes()).append("ns", collection.getFullName());
        collections.drop(collection);
        return Replies.ok(reply);
    }

    Document listCollections(Document command) {
        Document filter = CommandArguments.documentOrEmpty(command, "filter");
        List<Document> found = collections.of(database.getDatabaseName()).stream()
                .map(AdministrationCommands::describe)
                .filter(description -> new DefaultQueryMatcher().matches(description, filter))
                .toList();
        return Replies.complete(database.namespace("$cmd.listCollections"), found);
    }

    private static Document describe(StoreCollection collection) {
        return new Document("name", collection.getCollectionName())
                .append("type", "collection")
                .append("options", new Document())
                .append("info", new Document("readOnly", false))
                .append("idIndex", IndexSpec.ofId().source());
    }

    Document collectionStatistics(Document command) {
        String name = CommandArguments.collection(command);
        StoreCollection collection = database.collection(name);
        Document reply = new Document("ns", database.namespace(name));
        if (collection == null) {
            return Replies.ok(reply.append("count", 0).append("size", 0).append("nindexes", 0));
        }
        Table table = collection.table();
        long size = table.documentBytes();
        Document indexSizes = new Document();
        table.indexes().forEach(index -> indexSizes.put(index.name(), table.indexBytes(index)));
        return Replies.ok(reply.append("count", table.count())
                .append("size", size)
                .append("avgObjSize", table.count() == 0 ? 0 : size / table.count())
                .append("storageSize", size)
                .append("nindexes", collection.getNumIndexes())
                .append("indexSizes", indexSizes));
    }

    Document databaseStatistics() {
        List<StoreCollection> all = collections.of(database.getDatabaseName());
        return Replies.ok(new Document("db", database.getDatabaseName())
                .append("collections", all.size())
                .append(
                        "objects",
                        all.stream().mapToLong(one -> one.table().count()).sum())
                .append(
                        "indexes",
                        all.stream().mapToInt(StoreCollection::getNumIndexes).sum()));
    }

    /** Compares every index with every document. */
    Document validate(Document command) {
        StoreCollection collection = existing(CommandArguments.collection(command));
        return Replies.ok(collection.exclusively(() -> collection.table().validate()));
    }

    private StoreCollection existing(String name) {
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            throw StoreError.NAMESPACE_NOT_FOUND.with("ns not found " + database.namespace(name));
        }
        return collection;
    }
}
