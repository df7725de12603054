package dev.parley.embedded.store.query;

import dev.parley.embedded.store.filter.Conditions;
import dev.parley.embedded.store.filter.Conditions.Condition;
import dev.parley.embedded.store.filter.FieldBounds;
import dev.parley.embedded.store.filter.ValueRange;
import dev.parley.embedded.store.index.IndexSpec.Field;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.storage.KeyRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Plans one query with one index: equality on its first fields, then a range, then the order of the remaining fields. */
final class IndexPlanner {

    private static final int MAX_RANGES = 2_000;
    private static final int SCORE_POINT = 100;
    private static final int SCORE_POINTS = 90;
    private static final int SCORE_RANGE = 50;
    private static final int SCORE_SORTED = 30;
    private static final int SCORE_UNIQUE = 1_000;

    private final StoredIndex index;
    private final Conditions conditions;
    private final Set<String> fixed = new HashSet<>();
    private List<byte[]> prefixes;
    private List<KeyRange> ranges = List.of();
    private int score;
    private int narrowed;
    private boolean exact;
    private boolean repeats;

    IndexPlanner(StoredIndex index, Conditions conditions) {
        this.index = index;
        this.conditions = conditions;
        this.exact = conditions.isComplete();
        this.prefixes = List.of(Bytes.ofInt(index.keyspace()));
    }

    QueryPlan plan(SortOrder sort) {
        narrow();
        exact &= narrowed == conditions.byPath().size();
        for (int i = 0; i < index.fields().size(); i++) {
            repeats |= index.mayHoldArrays(i)
                    && !fixed.contains(index.fields().get(i).path());
        }
        IndexOrder order = new IndexOrder(index, fixed);
        boolean sorted = sort.isNone() || order.gives(sort);
        if (sorted && !sort.isNone()) {
            score += SCORE_SORTED;
        }
        return new QueryPlan(
                index, ranges, order.isBackwards(), sorted, exact, repeats, narrowed > 0, score, List.of());
    }

    private void narrow() {
        for (int i = 0; i < index.fields().size(); i++) {
            Field field = index.fields().get(i);
            List<Condition> here = conditions.at(field.path());
            FieldBounds bounds = FieldBounds.of(here, index.mayHoldArrays(i));
            if (here.isEmpty() || bounds.isUnbounded()) {
                break;
            }
            narrowed++;
            exact &= bounds.exact();
            List<ValueRange> values = field.descending() ? bounds.descending().ranges() : bounds.ranges();
            if (!bounds.isPoints() || prefixes.size() * values.size() > MAX_RANGES) {
                score += SCORE_RANGE;
                ranges = crossed(values);
                return;
            }
            usePoints(field, bounds, values);
        }
        if (index.spec().unique() && narrowed == index.fields().size()) {
            score += SCORE_UNIQUE;
        }
        ranges = prefixes.stream().map(IndexPlanner::startingWith).toList();
    }

    private void usePoints(Field field, FieldBounds bounds, List<ValueRange> values) {
        score += bounds.isOnePoint() ? SCORE_POINT : SCORE_POINTS;
        if (bounds.isOnePoint()) {
            fixed.add(field.path());
        }
        List<byte[]> longer = new ArrayList<>();
        for (byte[] prefix : prefixes) {
            values.forEach(value -> longer.add(Bytes.concat(prefix, value.start())));
        }
        prefixes = longer;
    }

    private List<KeyRange> crossed(List<ValueRange> values) {
        List<KeyRange> result = new ArrayList<>();
        for (byte[] prefix : prefixes) {
            for (ValueRange value : values) {
                result.add(new KeyRange(Bytes.concat(prefix, value.start()), Bytes.concat(prefix, value.end())));
            }
        }
        return result;
    }

    private static KeyRange startingWith(byte[] prefix) {
        byte[] end = Bytes.successor(prefix);
        if (end == null) {
            throw new IllegalStateException("a key space does not end in 0xFF only");
        }
        return new KeyRange(prefix, end);
    }
}
