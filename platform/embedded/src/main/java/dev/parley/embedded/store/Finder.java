package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.Results.Window;
import dev.parley.embedded.store.UnindexedQuery.Reason;
import org.jspecify.annotations.Nullable;

/** Answers queries on one table. */
final class Finder {

    private final Table table;
    private final QueryStatistics statistics;

    Finder(Table table, QueryStatistics statistics) {
        this.table = table;
        this.statistics = statistics;
    }

    /**
     * A query as a client asks it.
     *
     * @param hint the name or keys of the index to use, or null to choose
     */
    record Query(
            Document filter,
            SortOrder sort,
            Window window,
            @Nullable Object hint) {

        static Query of(Document filter) {
            return new Query(filter, SortOrder.NONE, Window.ALL, null);
        }
    }

    Plan plan(Query query) {
        return new Planner(table.storage(), table.primary(), table.indexes())
                .plan(query.filter(), query.sort(), query.hint());
    }

    Results find(Query query) {
        Plan plan = plan(query);
        note(query, plan);
        DocumentSource source = new DocumentSource(table.storage(), statistics, plan);
        try {
            return new Results(source, Matching.of(query.filter(), plan), query.window(), query.sort(), plan.sorted());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    long count(Query query) {
        if (query.filter().isEmpty()) {
            return window(table.count(), query.window());
        }
        Plan plan = plan(query);
        if (plan.exact() && !plan.repeats() && !plan.isUnion()) {
            return window(DocumentSource.countKeys(table.storage(), statistics, plan), query.window());
        }
        try (Results results = find(query)) {
            long count = 0;
            while (results.hasNext()) {
                results.next();
                count++;
            }
            return count;
        }
    }

    private static long window(long count, Window window) {
        long rest = Math.max(0, count - window.skip());
        return window.limit() > 0 ? Math.min(rest, window.limit()) : rest;
    }

    private void note(Query query, Plan plan) {
        if (plan.isCollectionScan() && !query.filter().isEmpty()) {
            report(query, Reason.COLLECTION_SCAN);
        }
        // No index gives the matches of a text search an order, so none would help there.
        if (!plan.sorted() && !query.sort().isNone() && !plan.index().spec().isText()) {
            report(query, Reason.SORT_IN_MEMORY);
        }
    }

    private void report(Query query, Reason reason) {
        statistics.unindexed(UnindexedQuery.of(table.namespace(), query.filter(), query.sort(), reason));
    }
}
