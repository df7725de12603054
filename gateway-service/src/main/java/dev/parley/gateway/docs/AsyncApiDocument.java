package dev.parley.gateway.docs;

import dev.parley.events.EventCatalogue;
import dev.parley.events.Topics;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the AsyncAPI document together from its parts: the description of sockets and topics, the schemas of the REST API
 * that it refers to, and the catalogue and schemas of events. The result refers to nothing outside of itself.
 */
public final class AsyncApiDocument {

    private static final String SOURCE = "docs/asyncapi.yaml";
    private static final String REST = "docs/openapi.yaml";
    private static final String REST_SCHEMAS = "openapi.yaml#/components/schemas/";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String DEFINITIONS = "#/$defs/";

    /** Stands before the names of event schemas, as some schemas of the REST API have the same names. */
    private static final String EVENT_SCHEMA = "events.";

    private final ObjectNode document = ClassPathDocuments.yaml(SOURCE);
    private final JsonNode restSchemas;
    private final Map<String, JsonNode> added = new TreeMap<>();

    private AsyncApiDocument(JsonNode rest) {
        restSchemas = rest.path("components").path("schemas");
    }

    /** @throws IllegalStateException if the parts do not fit together */
    public static ObjectNode assemble() {
        return assemble(ClassPathDocuments.yaml(REST));
    }

    /** @param rest the document of the REST API; it is not changed */
    static ObjectNode assemble(JsonNode rest) {
        return new AsyncApiDocument(rest).assembled();
    }

    private ObjectNode assembled() {
        embedRestSchemas(document, REST_SCHEMAS);
        Topics.ALL.forEach(this::describe);
        EventCatalogue.entries().forEach(this::describe);
        ObjectNode schemas = document.withObject("/components/schemas");
        added.forEach((name, schema) -> {
            if (schemas.has(name)) {
                throw new IllegalStateException("Two schemas are named " + name);
            }
            schemas.set(name, schema);
        });
        return document;
    }

    /** @param prefix how references to the REST API's schemas begin in this tree */
    private void embedRestSchemas(JsonNode tree, String prefix) {
        String reference = tree.path("$ref").asString("");
        if (reference.startsWith(prefix)) {
            String name = reference.substring(prefix.length());
            ((ObjectNode) tree).put("$ref", SCHEMAS + name);
            if (!added.containsKey(name)) {
                JsonNode schema = restSchemas.required(name).deepCopy();
                added.put(name, schema);
                embedRestSchemas(schema, SCHEMAS);
            }
        }
        tree.forEach(child -> embedRestSchemas(child, prefix));
    }

    private void describe(Topics.Spec topic) {
        ObjectNode channel = channel(topic.name());
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        configuration.putArray("cleanup.policy").add(topic.compacted() ? "compact" : "delete");
        if (topic.retention() != null) {
            configuration.put("retention.ms", topic.retention().toMillis());
        }
        kafka.put("bindingVersion", "0.5.0");
        ObjectNode operation = document.withObject("/operations").putObject("publish." + topic.name());
        operation.put("action", "send");
        operation.putObject("channel").put("$ref", "#/channels/" + topic.name());
    }

    private void describe(EventCatalogue.Entry event) {
        String schemaName = EVENT_SCHEMA + event.dataClass().getSimpleName();
        ObjectNode message = document.withObject("/components/messages").putObject(event.type());
        message.put("name", event.type());
        message.putObject("headers").put("$ref", SCHEMAS + "CloudEventHeaders");
        message.putObject("payload").put("$ref", SCHEMAS + schemaName);
        channel(event.topic())
                .withObjectProperty("messages")
                .putObject(event.type())
                .put("$ref", "#/components/messages/" + event.type());

        ObjectNode schema = ClassPathDocuments.json("schemas/" + event.type() + ".json");
        schema.remove("$schema");
        JsonNode definitions = schema.remove("$defs");
        if (definitions != null) {
            definitions.propertyStream().forEach(part -> addEventSchema(EVENT_SCHEMA + part.getKey(), part.getValue()));
        }
        addEventSchema(schemaName, schema);
    }

    private void addEventSchema(String name, JsonNode schema) {
        JsonNode local = withLocalReferences(schema);
        JsonNode before = added.putIfAbsent(name, local);
        if (before != null && !before.equals(local)) {
            throw new IllegalStateException("Two different schemas are named " + name);
        }
    }

    /** Puts what stands beside a reference into an {@code allOf}: AsyncAPI would ignore it otherwise. */
    private static JsonNode withLocalReferences(JsonNode tree) {
        if (tree instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(withLocalReferences(item)));
            return copy;
        }
        if (!(tree instanceof ObjectNode object)) {
            return tree;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(property -> {
            if (!property.getKey().equals("$ref")) {
                copy.set(property.getKey(), withLocalReferences(property.getValue()));
            }
        });
        if (!object.has("$ref")) {
            return copy;
        }
        String name = object.path("$ref").asString().substring(DEFINITIONS.length());
        ObjectNode reference = JsonNodeFactory.instance.objectNode().put("$ref", SCHEMAS + EVENT_SCHEMA + name);
        if (copy.isEmpty()) {
            return reference;
        }
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.putArray("allOf").add(reference).add(copy);
        return both;
    }

    private ObjectNode channel(String topic) {
        if (document.path("channels").path(topic) instanceof ObjectNode channel) {
            return channel;
        }
        throw new IllegalStateException("Nothing is said of the topic " + topic);
    }
}
