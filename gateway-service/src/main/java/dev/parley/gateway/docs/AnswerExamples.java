package dev.parley.gateway.docs;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts an example to each answer, made from the examples in the schemas: one that is written by hand for each answer would
 * soon show what no answer looks like.
 */
final class AnswerExamples {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode document;

    AnswerExamples(ObjectNode document) {
        this.document = document;
    }

    void addToAnswers() {
        document.path("paths")
                .forEach(path -> path.forEach(
                        operation -> operation.path("responses").properties().forEach(response -> {
                            if (response.getKey().startsWith("2")) {
                                resolved(response.getValue()).path("content").forEach(this::add);
                            }
                        })));
    }

    private void add(JsonNode content) {
        if (!content.has("example") && content instanceof ObjectNode object) {
            object.set("example", example(content.path("schema"), new HashSet<>()));
        }
    }

    /** @param within the schemas that this one is a part of: one that contains itself ends there */
    private @Nullable JsonNode example(JsonNode reference, Set<String> within) {
        String name = reference.path("$ref").asString("");
        if (!name.isEmpty() && !within.add(name)) {
            return null;
        }
        JsonNode made = made(resolved(reference), within);
        within.remove(name);
        return made;
    }

    private @Nullable JsonNode made(JsonNode schema, Set<String> within) {
        if (schema.has("examples")) {
            return schema.path("examples").get(0);
        }
        for (String word : new String[] {"const", "default"}) {
            if (schema.has(word)) {
                return schema.path(word);
            }
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        for (String word : new String[] {"allOf", "oneOf", "anyOf"}) {
            if (schema.has(word)) {
                return example(schema.path(word).get(0), within);
            }
        }
        JsonNode type = schema.path("type");
        return switch ((type.isArray() ? type.get(0) : type).asString("")) {
            case "object" -> object(schema, within);
            case "array" -> array(schema, within);
            case "integer", "number" ->
                NODES.numberNode(Math.max(1, schema.path("minimum").asInt(1)));
            case "boolean" -> NODES.booleanNode(false);
            default -> null;
        };
    }

    /** With all fields that have an example. */
    private JsonNode object(JsonNode schema, Set<String> within) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties").properties().forEach(property -> {
            JsonNode value = example(property.getValue(), within);
            if (value != null) {
                object.set(property.getKey(), value);
            }
        });
        return object;
    }

    private JsonNode array(JsonNode schema, Set<String> within) {
        ArrayNode array = NODES.arrayNode();
        JsonNode item = example(schema.path("items"), within);
        if (item != null) {
            array.add(item);
        }
        return array;
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : resolved(document.at(reference.substring(1)));
    }
}
