package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.filter.Conditions;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the index for a query by fixed rules: most fields with equality first, then a range, then the order asked for. */
final class QueryPlanner {

    private final Table table;

    QueryPlanner(Table table) {
        this.table = table;
    }

    /** @param hint the name or the keys of the index to use, or null */
    QueryPlan plan(Document filter, SortOrder sort, @Nullable Object hint) {
        Conditions conditions = Conditions.of(filter);
        if (conditions.textSearch() != null) {
            return new TextPlanner(table, textIndex(), conditions).plan(sort);
        }
        if (hint != null && !isNatural(hint)) {
            return new IndexPlanner(hinted(hint), conditions).plan(sort);
        }
        QueryPlan byId = new IndexPlanner(table.primary(), conditions).plan(sort);
        if (hint != null) {
            return byId;
        }
        QueryPlan best = table.indexes().stream()
                .filter(index -> !index.spec().isText() && IndexCoverage.holdsAll(index.spec(), conditions))
                .map(index -> new IndexPlanner(index, conditions).plan(sort))
                .filter(plan -> plan.score() > byId.score())
                .max(Comparator.comparingInt(QueryPlan::score))
                .orElse(byId);
        return best.bounded() ? best : union(filter, conditions).orElse(best);
    }

    // Each alternative is planned by itself, together with the rest of the filter.
    private Optional<QueryPlan> union(Document filter, Conditions conditions) {
        for (List<Document> alternatives : conditions.alternatives()) {
            if (!alternatives.equals(filter.get("$or"))) {
                continue;
            }
            Document rest = new Document(filter);
            rest.remove("$or");
            List<QueryPlan> branches = new ArrayList<>();
            for (Document alternative : alternatives) {
                branches.add(plan(new Document("$and", List.of(alternative, rest)), SortOrder.NONE, null));
            }
            if (!branches.isEmpty() && branches.stream().allMatch(branch -> branch.isUnion() || branch.bounded())) {
                return Optional.of(new QueryPlan(
                        table.primary(), List.of(), false, false, false, true, true, 0, List.copyOf(branches)));
            }
        }
        return Optional.empty();
    }

    private StoredIndex hinted(Object hint) {
        if (hint.equals(IndexSpec.ID_INDEX) || hint.equals(new Document("_id", 1))) {
            return table.primary();
        }
        return table.indexes().stream()
                .filter(index -> hint.equals(index.name())
                        || hint instanceof Document keys
                                && IndexSpec.sameKeys(
                                        keys, (Document) index.spec().source().get("key")))
                .findFirst()
                .orElseThrow(() -> new BadValueException("hint provided does not correspond to an existing index"));
    }

    private StoredIndex textIndex() {
        return table.indexes().stream()
                .filter(index -> index.spec().isText())
                .findFirst()
                .orElseThrow(() -> StoreError.INDEX_NOT_FOUND.with("text index required for $text query"));
    }

    private static boolean isNatural(Object hint) {
        return hint instanceof Document keys && keys.containsKey("$natural");
    }
}
