package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shape of queries that an index would make faster.
 *
 * @param namespace {@code database.collection}
 * @param filter the filter with {@code ?} for its values, such as <code>{status: ?, age: {$gt: ?}}</code>
 * @param sort the order asked for, such as <code>{age: -1}</code>; <code>{}</code> for none
 * @param reason what the lack of an index cost
 */
public record UnindexedQuery(String namespace, String filter, String sort, Reason reason) {

    /** What the lack of an index cost. */
    public enum Reason {
        /** Every document of the collection was read. */
        COLLECTION_SCAN,
        /** The matches were sorted in memory. */
        SORT_IN_MEMORY
    }

    static UnindexedQuery of(String namespace, Document filter, SortOrder sort, Reason reason) {
        return new UnindexedQuery(namespace, shape(filter), sort.toString(), reason);
    }

    private static String shape(@Nullable Object value) {
        if (value instanceof Map<?, ?> document) {
            return document.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + shape(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> list) {
            List<String> kinds =
                    list.stream().map(UnindexedQuery::shape).distinct().toList();
            return "[" + String.join(", ", kinds) + "]";
        }
        return "?";
    }
}
