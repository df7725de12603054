package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.query.Query;
import dev.parley.embedded.store.query.QueryExecutor;
import dev.parley.embedded.store.query.ResultWindow;
import dev.parley.embedded.store.query.SortOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stages at the start of a pipeline that run as one query, which can use an index: {@code $match}, then {@code $sort}, then
 * {@code $skip}, then {@code $limit}.
 *
 * @param rest the stages that remain
 */
record PipelineStart(Query query, List<Document> rest) {

    static PipelineStart of(List<Document> pipeline, @Nullable Object hint) {
        List<Document> rest = new ArrayList<>(pipeline);
        List<Document> filters = new ArrayList<>();
        while (startsWith(rest, "$match") && rest.get(0).get("$match") instanceof Document filter) {
            filters.add(filter);
            rest.remove(0);
        }
        SortOrder sort = startsWith(rest, "$sort") ? SortOrder.of((Document) take(rest, "$sort")) : SortOrder.NONE;
        long skip = startsWith(rest, "$skip") ? CommandArguments.number(take(rest, "$skip")) : 0;
        long limit = startsWith(rest, "$limit") ? positive(take(rest, "$limit")) : 0;
        Document filter = filters.size() == 1
                ? filters.get(0)
                : filters.isEmpty() ? new Document() : new Document("$and", filters);
        return new PipelineStart(new Query(filter, sort, new ResultWindow(skip, limit), hint), List.copyOf(rest));
    }

    private static boolean startsWith(List<Document> stages, String name) {
        return !stages.isEmpty() && stages.get(0).containsKey(name);
    }

    private static long positive(@Nullable Object limit) {
        long value = CommandArguments.number(limit);
        if (value <= 0) {
            throw StoreError.LIMIT_NOT_POSITIVE.with("the limit must be positive");
        }
        return value;
    }

    private static @Nullable Object take(List<Document> stages, String name) {
        return stages.remove(0).get(name);
    }

    /**
     * The result if the remaining stages only count, as a driver's {@code countDocuments} does. It is empty if there is
     * nothing to count, and null if the remaining stages do something else.
     */
    @Nullable Document countedBy(QueryExecutor queries) {
        if (rest.size() != 1) {
            return null;
        }
        Document result = new Document();
        String field = null;
        Object stage = rest.get(0).get("$group");
        if (rest.get(0).get("$count") instanceof String name) {
            field = name;
        } else if (stage instanceof Document group && group.size() == 2 && isConstant(group.get("_id"))) {
            result.put("_id", group.get("_id"));
            field = group.entrySet().stream()
                    .filter(entry -> isCount(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }
        if (field == null) {
            return null;
        }
        long count = queries.count(query);
        return count == 0 ? new Document() : result.append(field, narrow(count));
    }

    private static boolean isConstant(@Nullable Object value) {
        return value == null || value instanceof Number;
    }

    private static boolean isCount(@Nullable Object accumulator) {
        return accumulator instanceof Document sum
                && sum.size() == 1
                && sum.get("$sum") instanceof Number one
                && one.doubleValue() == 1.0;
    }

    private static Number narrow(long count) {
        return count <= Integer.MAX_VALUE ? (Number) (int) count : (Number) count;
    }
}
