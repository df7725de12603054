package dev.parley.embedded.store.index;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The definition of an index as a client gave it: its keys in order, and its options.
 *
 * @param fields the ordered keys; of a text index, those that come before the texts
 * @param texts the paths whose words a text index holds; empty for any other index
 * @param expireAfterSeconds for how long after the date in its field a document is kept, or null for ever
 */
public record IndexSpec(
        String name,
        List<Field> fields,
        List<String> texts,
        boolean unique,
        boolean sparse,
        @Nullable Document partialFilter,
        @Nullable Long expireAfterSeconds,
        Document source) {

    /** One key of an index: a dotted path and a direction. */
    public record Field(String path, boolean descending) {}

    public static final String ID_INDEX = "_id_";
    static final String TEXT = "text";

    /** The index that each collection has: the documents themselves, which are stored in the order of their ids. */
    public static IndexSpec ofId() {
        Document source =
                new Document("v", 2).append("key", new Document("_id", 1)).append("name", ID_INDEX);
        return new IndexSpec(ID_INDEX, List.of(new Field("_id", false)), List.of(), true, false, null, null, source);
    }

    /** Reads a stored description, which {@link IndexSpecReader} checked when it came in. */
    public static IndexSpec of(Document source) {
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

    public boolean isText() {
        return !texts.isEmpty();
    }

    /** The strings that a text index would index in the document. */
    public List<String> textsOf(Document document) {
        return TextIndexes.textsOf(this, document);
    }

    /** The description as {@code listIndexes} returns it. */
    public Document described() {
        return isText() ? TextIndexes.described(this) : source;
    }

    /** Whether the other index has the same options, apart from its name. */
    public boolean isLike(IndexSpec other) {
        return unique == other.unique
                && sparse == other.sparse
                && Objects.equals(partialFilter, other.partialFilter)
                && Objects.equals(expireAfterSeconds, other.expireAfterSeconds);
    }

    /** Whether two key documents name the same fields in the same order and directions, whatever type the numbers have. */
    public static boolean sameKeys(@Nullable Document first, @Nullable Document second) {
        return first != null && second != null && directions(first).equals(directions(second));
    }

    private static List<String> directions(Document keys) {
        List<String> result = new ArrayList<>();
        keys.forEach((path, direction) -> result.add(
                path + (direction instanceof Number number ? number.doubleValue() : String.valueOf(direction))));
        return result;
    }
}
