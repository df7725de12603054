package dev.parley.embedded.store;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked of an index: its keys in order, and its options.
 *
 * @param fields the ordered keys; of a text index, those that come before the texts
 * @param texts the paths whose words a text index holds; empty for any other index
 * @param expireAfterSeconds for how long after the date in its field a document is kept, or null for ever
 */
record IndexSpec(
        String name,
        List<Field> fields,
        List<String> texts,
        boolean unique,
        boolean sparse,
        @Nullable Document partialFilter,
        @Nullable Long expireAfterSeconds,
        Document source) {

    /** One key of an index: a dotted path and a direction. */
    record Field(String path, boolean descending) {}

    static final String ID_INDEX = "_id_";
    static final String TEXT = "text";

    /** The index that each collection has: the documents themselves, which lie in the order of their ids. */
    static IndexSpec ofId() {
        Document source =
                new Document("v", 2).append("key", new Document("_id", 1)).append("name", ID_INDEX);
        return new IndexSpec(ID_INDEX, List.of(new Field("_id", false)), List.of(), true, false, null, null, source);
    }

    /** Reads a description that {@link IndexSpecReader} has checked, as it is stored. */
    static IndexSpec of(Document source) {
        List<Field> fields = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        ((Document) Objects.requireNonNull(source.get("key"))).forEach((path, kind) -> {
            if (kind.equals(TEXT)) {
                texts.add(path);
            } else {
                fields.add(new Field(path, ((Number) kind).doubleValue() < 0));
            }
        });
        return new IndexSpec(
                (String) Objects.requireNonNull(source.get("name")),
                List.copyOf(fields),
                List.copyOf(texts),
                Utils.isTrue(source.get("unique")),
                Utils.isTrue(source.get("sparse")),
                (Document) source.get("partialFilterExpression"),
                source.get("expireAfterSeconds") instanceof Number seconds ? seconds.longValue() : null,
                source);
    }

    boolean isText() {
        return !texts.isEmpty();
    }

    /** The description as {@code listIndexes} gives it. */
    Document described() {
        return isText() ? TextIndexes.described(this) : source;
    }

    /** Whether an index with these options does the same, its name aside. */
    boolean isLike(IndexSpec other) {
        return unique == other.unique
                && sparse == other.sparse
                && Objects.equals(partialFilter, other.partialFilter)
                && Objects.equals(expireAfterSeconds, other.expireAfterSeconds);
    }

    /** Whether two descriptions name the same fields in the same order and directions, whatever type the numbers have. */
    static boolean sameKeys(@Nullable Document first, @Nullable Document second) {
        return first != null && second != null && directions(first).equals(directions(second));
    }

    private static List<String> directions(Document keys) {
        List<String> result = new ArrayList<>();
        keys.forEach((path, direction) -> result.add(
                path + (direction instanceof Number number ? number.doubleValue() : String.valueOf(direction))));
        return result;
    }
}
