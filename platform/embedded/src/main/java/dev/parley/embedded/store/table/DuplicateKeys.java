package dev.parley.embedded.store.table;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import dev.parley.embedded.store.document.PathValues;
import dev.parley.embedded.store.index.IndexSpec;
import java.util.stream.Collectors;

/** The error of a unique index that refuses a document, in MongoDB's words. */
final class DuplicateKeys {

    private DuplicateKeys() {}

    static DuplicateKeyError error(String namespace, IndexSpec index, Document document) {
        String values = index.fields().stream()
                .map(field -> field.path() + ": "
                        + Json.toCompactJsonValue(
                                PathValues.of(document, field.path()).values().get(0)))
                .collect(Collectors.joining(", ", "{ ", " }"));
        return new DuplicateKeyError(namespace, index.name() + " dup key: " + values);
    }
}
