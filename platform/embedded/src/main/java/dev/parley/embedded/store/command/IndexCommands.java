package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexNotFoundException;
import de.bwaldvogel.mongo.exception.InvalidOptionsException;
import dev.parley.embedded.store.collection.StoreCollection;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.index.IndexSpecReader;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The commands that create, list and drop indexes. */
final class IndexCommands {

    private final StoreDatabase database;

    IndexCommands(StoreDatabase database) {
        this.database = database;
    }

    Document create(Document command) {
        String name = CommandArguments.collection(command);
        boolean created = database.collection(name) == null;
        StoreCollection collection = database.resolveOrCreateCollection(name);
        int before = collection.getNumIndexes();
        for (Document description : CommandArguments.documents(command, "indexes")) {
            UnsupportedFeatures.rejectCollation(description);
            IndexSpec spec = IndexSpecReader.read(description);
            collection.runExclusively(() -> {
                if (!exists(spec, collection.table())) {
                    collection.createIndex(spec);
                }
            });
        }
        return Replies.ok(new Document("numIndexesBefore", before)
                .append("numIndexesAfter", collection.getNumIndexes())
                .append("createdCollectionAutomatically", created));
    }

    private static boolean exists(IndexSpec spec, Table table) {
        for (IndexSpec other : specs(table)) {
            if (spec.isText() && other.isText() && !IndexSpec.sameKeys(keys(other), keys(spec))) {
                throw StoreError.INDEX_OPTIONS_CONFLICT.with("only one text index per collection is allowed");
            }
            boolean sameName = other.name().equals(spec.name());
            boolean sameKeys = IndexSpec.sameKeys(keys(other), keys(spec));
            if (sameKeys && (other.name().equals(IndexSpec.ID_INDEX) || sameName && other.isLike(spec))) {
                return true;
            }
            if (sameName && !sameKeys) {
                throw StoreError.INDEX_KEY_SPECS_CONFLICT.with(
                        "An existing index has the same name as the requested index: " + spec.name());
            }
            if (sameName || sameKeys && other.isLike(spec)) {
                throw StoreError.INDEX_OPTIONS_CONFLICT.with(
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
        String name = CommandArguments.collection(command);
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            throw StoreError.NAMESPACE_NOT_FOUND.with("ns does not exist: " + database.namespace(name));
        }
        List<Document> descriptions =
                specs(collection.table()).stream().map(IndexSpec::described).toList();
        return Replies.complete(collection.getFullName(), descriptions);
    }

    Document drop(Document command) {
        String name = CommandArguments.collection(command);
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            throw StoreError.NAMESPACE_NOT_FOUND.with("ns not found " + name);
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
