package dev.parley.embedded.store;

import java.util.List;

/**
 * How the documents of a query are found.
 *
 * @param ranges of the index's keys, sorted and disjoint
 * @param backwards whether the ranges are walked from the end
 * @param sorted whether the documents come in the order asked for
 * @param exact whether every key in the ranges is a match, so that documents need not be read to count them
 * @param repeats whether a document may come more than once
 * @param bounded whether the filter narrowed the ranges at all
 * @param branches of an {@code $or}, each with its own plan; then the ranges are empty
 */
record Plan(
        StoredIndex index,
        List<KeyRange> ranges,
        boolean backwards,
        boolean sorted,
        boolean exact,
        boolean repeats,
        boolean bounded,
        int score,
        List<Plan> branches) {

    boolean isUnion() {
        return !branches.isEmpty();
    }

    /** Whether every document of the collection is read. */
    boolean isCollectionScan() {
        return !isUnion() && index.isPrimary() && !bounded;
    }
}
