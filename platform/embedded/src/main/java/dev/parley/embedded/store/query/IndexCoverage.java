package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.filter.Conditions;
import dev.parley.embedded.store.filter.Conditions.Condition;
import dev.parley.embedded.store.filter.FieldBounds;
import dev.parley.embedded.store.index.IndexSpec;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks whether a sparse or partial index, which leaves documents out, holds all documents that a query looks for. */
final class IndexCoverage {

    private static final Set<String> WANT_A_VALUE = Set.of("$gt", "$gte", "$lt", "$lte", "$regex", "$type", "$size");

    private IndexCoverage() {}

    static boolean holdsAll(IndexSpec spec, Conditions query) {
        if (spec.sparse() && spec.fields().stream().noneMatch(field -> isPresent(query.at(field.path())))) {
            return false;
        }
        if (spec.partialFilter() == null) {
            return true;
        }
        Conditions kept = Conditions.of(spec.partialFilter());
        return kept.isComplete()
                && kept.byPath().entrySet().stream().allMatch(entry -> entry.getValue().stream()
                        .allMatch(condition -> isImplied(condition, query.at(entry.getKey()))));
    }

    private static boolean isPresent(List<Condition> conditions) {
        return conditions.stream().anyMatch(IndexCoverage::wantsValue);
    }

    private static boolean wantsValue(Condition condition) {
        Object operand = condition.operand();
        return switch (condition.operator()) {
            case "$eq" -> operand != null;
            case "$in" ->
                operand instanceof Collection<?> values && values.stream().noneMatch(v -> v == null);
            case "$exists" -> Utils.isTrue(operand);
            default -> WANT_A_VALUE.contains(condition.operator());
        };
    }

    private static boolean isImplied(Condition kept, List<Condition> query) {
        return query.stream().anyMatch(condition -> implies(condition, kept));
    }

    private static boolean implies(Condition query, Condition kept) {
        if (query.operator().equals(kept.operator()) && isSame(query.operand(), kept.operand())) {
            return true;
        }
        if (kept.operator().equals("$exists")) {
            return Utils.isTrue(kept.operand()) && wantsValue(query);
        }
        if (query.operator().equals("$eq") && query.operand() != null) {
            return new DefaultQueryMatcher()
                    .matches(
                            new Document("value", query.operand()),
                            new Document("value", new Document(kept.operator(), kept.operand())));
        }
        FieldBounds outer = FieldBounds.of(List.of(kept), false);
        return outer.exact()
                && !outer.isUnbounded()
                && FieldBounds.of(List.of(query), false).ranges().stream()
                        .allMatch(range -> outer.ranges().stream().anyMatch(wide -> wide.contains(range)));
    }

    private static boolean isSame(@Nullable Object first, @Nullable Object second) {
        return first == null ? second == null : first.equals(second);
    }
}
