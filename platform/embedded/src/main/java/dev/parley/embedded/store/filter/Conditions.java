package dev.parley.embedded.store.filter;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a filter: the conditions on each path, and the alternatives of each {@code $or}. */
public final class Conditions {

    /**
     * @param operator as in the query language; a plain value is {@code $eq}
     * @param certain false if an index can only narrow the search by it, so that each document must still be checked
     */
    public record Condition(String operator, @Nullable Object operand, boolean certain) {}

    private final Map<String, List<Condition>> byPath = new LinkedHashMap<>();
    private final List<List<Document>> alternatives = new ArrayList<>();
    private @Nullable Document textSearch;
    private boolean complete = true;

    private Conditions() {}

    public static Conditions of(Document filter) {
        Conditions conditions = new Conditions();
        conditions.addAll(filter);
        return conditions;
    }

    public Map<String, List<Condition>> byPath() {
        return byPath;
    }

    public List<Condition> at(String path) {
        return byPath.getOrDefault(path, List.of());
    }

    /** For each {@code $or}, the filters of which one must match. */
    public List<List<Document>> alternatives() {
        return alternatives;
    }

    public @Nullable Document textSearch() {
        return textSearch;
    }

    /** Whether the conditions on the paths are the whole filter. */
    public boolean isComplete() {
        return complete;
    }

    private void addAll(Document filter) {
        filter.forEach((path, value) -> {
            if (path.equals("$and")) {
                documents(value).forEach(this::addAll);
            } else if (path.equals("$text")) {
                textSearch = value instanceof Document search ? search : new Document();
                complete = false;
            } else if (path.equals("$or")) {
                alternatives.add(documents(value));
                complete = false;
            } else if (path.startsWith("$")) {
                complete &= path.equals("$comment");
            } else {
                add(path, value, true);
            }
        });
    }

    private void add(String path, @Nullable Object value, boolean certain) {
        if (value == null || !isOperators(value)) {
            addOne(path, new Condition("$eq", value, certain));
            return;
        }
        Document operators = (Document) value;
        operators.forEach((operator, operand) -> {
            if (operator.equals("$elemMatch") && operand instanceof Document inner) {
                addElementConditions(path, inner);
            } else if (operator.equals("$regex") && operators.containsKey("$options")) {
                // With options even an anchored pattern says nothing about the order of its matches.
                addOne(path, new Condition(operator, null, false));
            } else if (!operator.equals("$options")) {
                addOne(path, new Condition(operator, operand, certain));
            }
        });
    }

    // If one element meets all conditions, each condition is met by some element. That can narrow a search, not decide
    // it.
    private void addElementConditions(String path, Document inner) {
        complete = false;
        if (isOperators(inner)) {
            if (!inner.keySet().iterator().next().matches("\\$(and|or|nor|expr)")) {
                inner.forEach((operator, operand) -> addOne(path, new Condition(operator, operand, false)));
            }
            return;
        }
        inner.forEach((name, operand) -> {
            if (!name.startsWith("$")) {
                add(path + "." + name, operand, false);
            }
        });
    }

    private void addOne(String path, Condition condition) {
        byPath.computeIfAbsent(path, unused -> new ArrayList<>()).add(condition);
    }

    /** Whether a document is an operator expression, {@code {$gt: 3}}, and not a value to compare with. */
    private static boolean isOperators(Object value) {
        return value instanceof Document document
                && !document.isEmpty()
                && document.keySet().iterator().next().startsWith("$")
                && !document.containsKey("$ref");
    }

    private static List<Document> documents(@Nullable Object value) {
        List<Document> result = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> {
                if (element instanceof Document document) {
                    result.add(document);
                }
            });
        }
        return result;
    }
}
