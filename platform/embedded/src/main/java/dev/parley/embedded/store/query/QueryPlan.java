package dev.parley.embedded.store.query;

import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.storage.KeyRange;
import java.util.List;

/**
 * The way to find the documents of a query.
 *
 * @param ranges of the index's keys, sorted and disjoint
 * @param backwards whether the ranges are read from the end
 * @param sorted whether the documents come in the order asked for
 * @param exact whether every key in the ranges is a match, so that documents need not be read to count them
 * @param repeats whether a document may come more than once
 * @param bounded whether the filter narrowed the ranges at all
 * @param score how much better this plan is than others; higher is better
 * @param branches one plan for each alternative of an {@code $or}; then the ranges are empty
 */
record QueryPlan(
        StoredIndex index,
        List<KeyRange> ranges,
        boolean backwards,
        boolean sorted,
        boolean exact,
        boolean repeats,
        boolean bounded,
        int score,
        List<QueryPlan> branches) {

    boolean isUnion() {
        return !branches.isEmpty();
    }

    /** Whether every document of the collection is read. */
    boolean isCollectionScan() {
        return !isUnion() && index.isPrimary() && !bounded;
    }
}
