package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexNotFoundException;
import de.bwaldvogel.mongo.exception.InvalidOptionsException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The commands that make, list and drop indexes. */
final class IndexCommands {

    private static final int OPTIONS_CONFLICT = 85;
    private static final int KEY_SPECS_CONFLICT = 86;
    private static final int NAMESPACE_NOT_FOUND = 26;

    private final StoreDatabase database;

    IndexCommands(StoreDatabase database) {
        this.database = database;
    }

    Document create(Document command) {
        String name = Arguments.collection(command);
        boolean created = database.collection(name) == null;
        StoreCollection collection = database.resolveOrCreateCollection(name);
        int before = collection.getNumIndexes();
        for (Document description : Arguments.documents(command, "indexes")) {
            IndexSpec spec = IndexSpecReader.read(description);
            collection.exclusively(() -> {
                if (!exists(spec, collection.table())) {
                    collection.createIndex(spec);
                }
                return true;
            });
        }
        return Replies.ok(new Document("numIndexesBefore", before)
                .append("numIndexesAfter", collection.getNumIndexes())
                .append("createdCollectionAutomatically", created));
    }

    private static boolean exists(IndexSpec spec, Table table) {
        for (IndexSpec other : specs(table)) {
            if (spec.isText() && other.isText() && !IndexSpec.sameKeys(keys(other), keys(spec))) {
                throw new MongoServerError(
                        OPTIONS_CONFLICT, "IndexOptionsConflict", "only one text index per collection is allowed");
            }
            boolean sameName = other.name().equals(spec.name());
            boolean sameKeys = IndexSpec.sameKeys(keys(other), keys(spec));
            if (sameKeys && (other.name().equals(IndexSpec.ID_INDEX) || sameName && other.isLike(spec))) {
                return true;
            }
            if (sameName && !sameKeys) {
                throw new MongoServerError(
                        KEY_SPECS_CONFLICT,
                        "IndexKeySpecsConflict",
                        "An existing index has the same name as the requested index: " + spec.name());
            }
            if (sameName || sameKeys && other.isLike(spec)) {
                throw new MongoServerError(
                        OPTIONS_CONFLICT,
                        "IndexOptionsConflict",
                        "Index already exists with a different name or different options: " + other.name());
            }
        }
        return false;
    }

    private static List<IndexSpec> specs(Table table) {
        List<IndexSpec> specs = new ArrayList<>();
        specs.add(table.primary().spec());
        table.indexes().forEach(index -> specs.add(index.spec()));
        return specs;
    }

    private static @Nullable Document keys(IndexSpec spec) {
        return (Document) spec.source().get("key");
    }

    Document list(Document command) {
        String name = Arguments.collection(command);
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            throw new MongoServerError(
                    NAMESPACE_NOT_FOUND, "NamespaceNotFound", "ns does not exist: " + database.namespace(name));
        }
        List<Document> descriptions =
                specs(collection.table()).stream().map(IndexSpec::described).toList();
        return Replies.complete(collection.getFullName(), descriptions);
    }

    Document drop(Document command) {
        String name = Arguments.collection(command);
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            throw new MongoServerError(NAMESPACE_NOT_FOUND, "NamespaceNotFound", "ns not found " + name);
        }
        int before = collection.getNumIndexes();
        Object which = command.get("index");
        List<?> wanted = which instanceof List<?> several ? several : List.of(Objects.requireNonNull(which));
        wanted.forEach(index -> drop(collection, index));
        return Replies.ok(new Document("nIndexesWas", before));
    }

    private static void drop(StoreCollection collection, Object which) {
        List<StoredIndex> indexes = collection.table().indexes();
        if (which.equals("*")) {
            indexes.forEach(index -> collection.dropIndex(index.name()));
            return;
        }
        if (which.equals(IndexSpec.ID_INDEX)) {
            throw new InvalidOptionsException("cannot drop _id index");
        }
        StoredIndex found = indexes.stream()
                .filter(index -> which.equals(index.name())
                        || which instanceof Document keys && IndexSpec.sameKeys(keys, keys(index.spec())))
                .findFirst()
                .orElseThrow(() -> new IndexNotFoundException("index not found with name [" + which + "]"));
        collection.dropIndex(found.name());
    }
}
