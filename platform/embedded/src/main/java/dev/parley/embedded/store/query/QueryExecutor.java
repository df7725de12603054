package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.query.UnindexedQuery.Reason;
import dev.parley.embedded.store.table.Table;

/** Runs queries on one table. */
public final class QueryExecutor {

    private final Table table;
    private final QueryStatistics statistics;

    public QueryExecutor(Table table, QueryStatistics statistics) {
        this.table = table;
        this.statistics = statistics;
    }

    QueryPlan plan(Query query) {
        return new QueryPlanner(table).plan(query.filter(), query.sort(), query.hint());
    }

    /** The caller closes the results, or reads them to the end. */
    public QueryResults find(Query query) {
        QueryPlan plan = plan(query);
        note(query, plan);
        DocumentScan source = new DocumentScan(table, statistics, plan);
        try {
            return new QueryResults(
                    source, DocumentMatcher.of(query.filter(), plan), query.window(), query.sort(), plan.sorted());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    public long count(Query query) {
        if (query.filter().isEmpty()) {
            return query.window().of(table.count());
        }
        QueryPlan plan = plan(query);
        if (plan.exact() && !plan.repeats() && !plan.isUnion()) {
            return query.window().of(DocumentScan.countKeys(table, statistics, plan));
        }
        try (QueryResults results = find(query)) {
            long count = 0;
            while (results.hasNext()) {
                results.next();
                count++;
            }
            return count;
        }
    }

    /** The plan of a query and what it costs to run it, as the command {@code explain} returns it. */
    public Document explain(Query query) {
        return QueryExplanation.of(table, query);
    }

    private void note(Query query, QueryPlan plan) {
        if (plan.isCollectionScan() && !query.filter().isEmpty()) {
            report(query, Reason.COLLECTION_SCAN);
        }
        // No index can sort the matches of a text search, so this is not reported.
        if (!plan.sorted() && !query.sort().isNone() && !plan.index().spec().isText()) {
            report(query, Reason.SORT_IN_MEMORY);
        }
    }

    private void report(Query query, Reason reason) {
        statistics.unindexed(UnindexedQuery.of(table.namespace(), query.filter(), query.sort(), reason));
    }
}
