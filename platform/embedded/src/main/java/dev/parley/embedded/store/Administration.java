package dev.parley.embedded.store;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.List;

/** The commands that make, drop, list and inspect collections. */
final class Administration {

    private static final int NAMESPACE_NOT_FOUND = 26;

    private final StoreDatabase database;
    private final Collections collections;

    Administration(StoreDatabase database, Collections collections) {
        this.database = database;
        this.collections = collections;
    }

    Document create(Document command) {
        if (Boolean.TRUE.equals(command.get("capped"))) {
            throw NotSupported.error("A capped collection");
        }
        database.createCollectionOrThrowIfExists(Arguments.collection(command), CollectionOptions.withDefaults());
        return Replies.ok();
    }

    Document drop(Document command) {
        StoreCollection collection = existing(Arguments.collection(command));
        Document reply = new Document("nIndexesWas", collection.getNumIndexes()).append("ns", collection.getFullName());
        collections.drop(collection);
        return Replies.ok(reply);
    }

    Document listCollections(Document command) {
        Document filter = Arguments.documentOrEmpty(command, "filter");
        List<Document> found = collections.of(database.getDatabaseName()).stream()
                .map(Administration::describe)
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
        String name = Arguments.collection(command);
        StoreCollection collection = database.collection(name);
        Document reply = new Document("ns", database.namespace(name));
        if (collection == null) {
            return Replies.ok(reply.append("count", 0).append("size", 0).append("nindexes", 0));
        }
        Table table = collection.table();
        long size =
                table.storage().approximateSize(Family.DOCUMENTS, table.entry().keyspace());
        Document indexSizes = new Document();
        table.indexes()
                .forEach(index -> indexSizes.put(
                        index.name(), table.storage().approximateSize(Family.ENTRIES, index.keyspace())));
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
        StoreCollection collection = existing(Arguments.collection(command));
        return collection.exclusively(() -> Validation.of(collection.table()));
    }

    private StoreCollection existing(String name) {
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            throw new MongoServerError(
                    NAMESPACE_NOT_FOUND, "NamespaceNotFound", "ns not found " + database.namespace(name));
        }
        return collection;
    }
}
