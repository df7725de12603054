package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.table.Table;

/** The reply to {@code explain}: the plan, and what it costs to run it. */
final class QueryExplanation {

    private QueryExplanation() {}

    static Document of(Table table, Query query) {
        QueryStatistics cost = new QueryStatistics();
        QueryExecutor executor = new QueryExecutor(table, cost);
        QueryPlan plan = executor.plan(query);
        int returned = 0;
        try (QueryResults results = executor.find(query)) {
            while (results.hasNext()) {
                results.next();
                returned++;
            }
        }
        Document winning = stage(plan);
        if (!plan.sorted()) {
            winning = new Document("stage", "SORT").append("inputStage", winning);
        }
        return new Document("queryPlanner", new Document("namespace", table.namespace()).append("winningPlan", winning))
                .append(
                        "executionStats",
                        new Document("nReturned", returned)
                                .append("totalKeysExamined", cost.keysExamined())
                                .append("totalDocsExamined", cost.documentsExamined()));
    }

    private static Document stage(QueryPlan plan) {
        if (plan.isUnion()) {
            return new Document("stage", "OR")
                    .append(
                            "inputStages",
                            plan.branches().stream()
                                    .map(QueryExplanation::stage)
                                    .toList());
        }
        if (plan.isCollectionScan()) {
            return new Document("stage", "COLLSCAN").append("direction", direction(plan));
        }
        Document scan = new Document("stage", "IXSCAN")
                .append("indexName", plan.index().name())
                .append("keyPattern", plan.index().spec().source().get("key"))
                .append("direction", direction(plan));
        return new Document("stage", "FETCH").append("inputStage", scan);
    }

    private static String direction(QueryPlan plan) {
        return plan.backwards() ? "backward" : "forward";
    }
}
