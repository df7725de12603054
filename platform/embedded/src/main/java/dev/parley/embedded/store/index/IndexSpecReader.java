package dev.parley.embedded.store.index;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.filter.Conditions;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and checks the description of an index that a client sends. */
public final class IndexSpecReader {

    private static final Set<String> IGNORED = Set.of("background", "ns", "v");
    private static final Set<String> KNOWN =
            Set.of("key", "name", "unique", "sparse", "partialFilterExpression", "expireAfterSeconds");
    private static final Set<String> TEXT_OPTIONS =
            Set.of("weights", "default_language", "language_override", "textIndexVersion");
    private static final Set<String> PARTIAL_OPERATORS =
            Set.of("$eq", "$exists", "$gt", "$gte", "$lt", "$lte", "$type", "$in");

    private IndexSpecReader() {}

    public static IndexSpec read(Document description) {
        if (!(description.get("key") instanceof Document key) || key.isEmpty()) {
            throw cannotCreate("Index keys cannot be an empty object.");
        }
        key.forEach(IndexSpecReader::checkKey);
        Document source = new Document("v", 2).append("key", key);
        source.append("name", description.getOrDefault("name", defaultName(key)));
        description.forEach((option, value) -> {
            boolean known = KNOWN.contains(option) || IGNORED.contains(option) || option.equals("collation");
            if (!known && !(key.containsValue(IndexSpec.TEXT) && TEXT_OPTIONS.contains(option))) {
                throw StoreError.notSupported("The index option '" + option + "'");
            }
            if (KNOWN.contains(option) && !Boolean.FALSE.equals(value)) {
                source.put(option, value);
            }
        });
        IndexSpec spec = IndexSpec.of(source);
        check(spec);
        return spec;
    }

    private static void checkKey(String path, @Nullable Object direction) {
        if (path.isEmpty() || path.startsWith("$") || path.contains("$**") || path.endsWith(".")) {
            throw cannotCreate("Values in the index key pattern cannot be named '" + path + "'");
        }
        boolean ordered = direction instanceof Number number && number.doubleValue() != 0;
        if (!ordered && !IndexSpec.TEXT.equals(direction)) {
            throw cannotCreate("The embedded store knows no index of the kind '" + direction + "'");
        }
    }

    private static void check(IndexSpec spec) {
        if (spec.expireAfterSeconds() != null && spec.fields().size() > 1) {
            throw cannotCreate("TTL indexes are single-field indexes, compound indexes do not support TTL.");
        }
        if (spec.isText() && (spec.unique() || spec.expireAfterSeconds() != null)) {
            throw cannotCreate("A text index cannot be unique or expire documents");
        }
        if (spec.isText() && !TextIndexes.textsComeLast(spec)) {
            throw cannotCreate("The embedded store wants the texts of a text index after its other keys");
        }
        if (spec.partialFilter() != null) {
            if (spec.sparse()) {
                throw cannotCreate("cannot mix \"partialFilterExpression\" and \"sparse\" options");
            }
            Conditions conditions = Conditions.of(spec.partialFilter());
            boolean known = conditions.isComplete()
                    && conditions.byPath().values().stream().allMatch(all -> all.stream()
                            .allMatch(condition -> PARTIAL_OPERATORS.contains(condition.operator())));
            if (!known) {
                throw cannotCreate("Expression not supported in partial index: " + spec.partialFilter());
            }
        }
    }

    private static String defaultName(Document key) {
        return key.entrySet().stream()
                .map(entry -> entry.getKey() + "_"
                        + (entry.getValue() instanceof Number number ? number.intValue() : entry.getValue()))
                .collect(Collectors.joining("_"));
    }

    private static MongoServerError cannotCreate(String message) {
        return StoreError.CANNOT_CREATE_INDEX.with(message);
    }
}
