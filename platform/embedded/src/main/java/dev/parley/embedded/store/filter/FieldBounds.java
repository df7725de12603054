package dev.parley.embedded.store.filter;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import dev.parley.embedded.store.filter.Conditions.Condition;
import dev.parley.embedded.store.key.TypeTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of an index in which the matching values of one field lie.
 *
 * @param ranges sorted and disjoint; they hold every matching value
 * @param exact whether every value in the ranges matches
 */
public record FieldBounds(List<ValueRange> ranges, boolean exact) {

    /** A condition that no index can narrow. */
    static final FieldBounds UNBOUNDED = new FieldBounds(List.of(ValueRange.ALL), false);

    private static final ValueRange NULL = ValueRange.exactly(null);
    private static final ValueRange EMPTY_ARRAY = ValueRange.exactly(TypeTag.EMPTY_ARRAY_ELEMENT);

    public static FieldBounds of(List<Condition> conditions, boolean mayHoldArrays) {
        FieldBounds result = new FieldBounds(List.of(ValueRange.ALL), true);
        for (Condition condition : conditions) {
            FieldBounds bounds = of(condition, mayHoldArrays);
            result = mayHoldArrays ? result.narrower(bounds) : result.intersection(bounds);
        }
        return result;
    }

    private static FieldBounds of(Condition condition, boolean mayHoldArrays) {
        Object operand = condition.operand();
        FieldBounds bounds =
                switch (condition.operator()) {
                    case "$eq" -> equal(operand, mayHoldArrays);
                    case "$in" -> operand instanceof Collection<?> values ? in(values, mayHoldArrays) : UNBOUNDED;
                    case "$all" ->
                        operand instanceof Collection<?> values && !values.isEmpty()
                                ? uncertain(equal(values.iterator().next(), mayHoldArrays))
                                : UNBOUNDED;
                    case "$gt", "$gte", "$lt", "$lte" -> compared(condition.operator(), operand);
                    case "$regex" -> matching(operand);
                    default -> UNBOUNDED;
                };
        return condition.certain() ? bounds : uncertain(bounds);
    }

    private static FieldBounds equal(@Nullable Object value, boolean mayHoldArrays) {
        if (value == null) {
            List<ValueRange> ranges = mayHoldArrays ? List.of(EMPTY_ARRAY, NULL) : List.of(NULL);
            return new FieldBounds(ranges, !mayHoldArrays);
        } else if (value instanceof BsonRegularExpression) {
            return matching(value);
        } else if (value instanceof Collection) {
            return UNBOUNDED;
        }
        return new FieldBounds(List.of(ValueRange.exactly(value)), !(value instanceof Map));
    }

    private static FieldBounds in(Collection<?> values, boolean mayHoldArrays) {
        List<ValueRange> ranges = new ArrayList<>();
        boolean exact = true;
        for (Object value : values) {
            if (value instanceof Collection || value instanceof BsonRegularExpression) {
                return UNBOUNDED;
            }
            FieldBounds bounds = equal(value, mayHoldArrays);
            ranges.addAll(bounds.ranges);
            exact &= bounds.exact;
        }
        return new FieldBounds(disjoint(ranges), exact);
    }

    private static FieldBounds compared(String operator, @Nullable Object value) {
        if (value == null
                || value instanceof MinKey
                || value instanceof MaxKey
                || value instanceof Collection
                || value instanceof Map) {
            return UNBOUNDED;
        }
        boolean exact = TypeTag.of(value) != TypeTag.BINARY && !isNaN(value);
        return new FieldBounds(List.of(ValueRange.compared(operator, value)), exact);
    }

    private static boolean isNaN(Object value) {
        return value instanceof Number number && Double.isNaN(number.doubleValue());
    }

    private static FieldBounds matching(@Nullable Object value) {
        String prefix = value == null ? null : RegexPrefix.of(value);
        return prefix == null ? UNBOUNDED : new FieldBounds(List.of(ValueRange.startingWith(prefix)), false);
    }

    private static FieldBounds uncertain(FieldBounds bounds) {
        return new FieldBounds(bounds.ranges, false);
    }

    private static List<ValueRange> disjoint(List<ValueRange> points) {
        List<ValueRange> sorted = new ArrayList<>(points);
        sorted.sort((first, second) -> Arrays.compareUnsigned(first.start(), second.start()));
        List<ValueRange> result = new ArrayList<>();
        for (ValueRange range : sorted) {
            if (result.isEmpty() || !Arrays.equals(result.get(result.size() - 1).start(), range.start())) {
                result.add(range);
            }
        }
        return result;
    }

    /** The values that meet both bounds, for a field where each document has one value. */
    private FieldBounds intersection(FieldBounds other) {
        List<ValueRange> both = new ArrayList<>();
        for (ValueRange mine : ranges) {
            for (ValueRange theirs : other.ranges) {
                ValueRange shared = mine.intersection(theirs);
                if (shared != null) {
                    both.add(shared);
                }
            }
        }
        return new FieldBounds(both, exact && other.exact);
    }

    // Different elements of an array may meet different conditions, so only one condition can narrow the search.
    private FieldBounds narrower(FieldBounds other) {
        boolean first = isUnbounded() && exact;
        if (first) {
            return other;
        }
        return uncertain(other.isPoints() && !isPoints() || isUnbounded() ? other : this);
    }

    public boolean isUnbounded() {
        return ranges.size() == 1 && ranges.get(0).isAll();
    }

    /** Whether the filter asks for single values, so that the next field of a compound index can narrow the search too. */
    public boolean isPoints() {
        return ranges.stream().allMatch(ValueRange::point);
    }

    public boolean isOnePoint() {
        return ranges.size() == 1 && ranges.get(0).point();
    }

    public FieldBounds descending() {
        List<ValueRange> inverted = new ArrayList<>();
        ranges.forEach(range -> inverted.add(0, range.inverted()));
        return new FieldBounds(inverted, exact);
    }
}
