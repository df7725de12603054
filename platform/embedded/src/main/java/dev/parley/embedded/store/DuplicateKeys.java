package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.stream.Collectors;

/** MongoDB's words for a unique index that refuses a document. */
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
