package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.Finder.Query;

/** What {@code explain} tells: the plan, and what it cost to run it. */
final class Explanation {

    private Explanation() {}

    static Document of(Table table, Query query) {
        QueryStatistics cost = new QueryStatistics();
        Finder finder = new Finder(table, cost);
        Plan plan = finder.plan(query);
        int returned = 0;
        try (Results results = finder.find(query)) {
            while (results.hasNext()) {
                results.next();
                returned++;
            }
        }
        Document winning = stage(plan);
        if (!plan.sorted()) {
            winning = new Document("stage", "SORT").append("inputStage", winning);
        }
        return Replies.ok(new Document(
                        "queryPlanner", new Document("namespace", table.namespace()).append("winningPlan", winning))
                .append(
                        "executionStats",
                        new Document("nReturned", returned)
                                .append("totalKeysExamined", cost.keysExamined())
                                .append("totalDocsExamined", cost.documentsExamined())));
    }

    private static Document stage(Plan plan) {
        if (plan.isUnion()) {
            return new Document("stage", "OR")
                    .append(
                            "inputStages",
                            plan.branches().stream().map(Explanation::stage).toList());
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

    private static String direction(Plan plan) {
        return plan.backwards() ? "backward" : "forward";
    }
}
