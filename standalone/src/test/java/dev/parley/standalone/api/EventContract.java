package dev.parley.standalone.api;

import dev.parley.gateway.docs.AsyncApiDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the AsyncAPI document says of the namespace {@code /chat}, held against what really comes. */
public final class EventContract {

    static final Document DOCUMENT = new Document(AsyncApiDocument.assemble());

    private static final JsonNode OPERATIONS = DOCUMENT.root().path("operations");

    private EventContract() {}

    /** What the server may tell. */
    public static Set<String> told() {
        return messages(OPERATIONS.path("tell")).stream()
                .map(message -> message.path("name").asString())
                .collect(Collectors.toSet());
    }

    /** What a client may emit; {@code CONNECT} is no event. */
    public static Set<String> asked() {
        return OPERATIONS
                .propertyStream()
                .filter(operation ->
                        operation.getValue().path("action").asString().equals("receive"))
                .map(operation ->
                        messages(operation.getValue()).get(0).path("name").asString())
                .filter(name -> !name.equals("CONNECT"))
                .collect(Collectors.toSet());
    }

    /** The names of all fields, at any depth, that an event may have. */
    static Set<String> fields(String event) {
        Set<String> names = new TreeSet<>();
        messages(OPERATIONS.path("tell")).stream()
                .filter(message -> message.path("name").asString().equals(event))
                .forEach(message -> addFields(message.path("payload"), names, new HashSet<>()));
        return names;
    }

    private static void addFields(JsonNode schema, Set<String> names, Set<String> seen) {
        if (schema.has("$ref")) {
            if (seen.add(schema.path("$ref").asString())) {
                addFields(DOCUMENT.resolve(schema), names, seen);
            }
            return;
        }
        schema.path("properties").propertyNames().forEach(names::add);
        schema.valueStream().filter(JsonNode::isContainer).forEach(part -> addFields(part, names, seen));
    }

    /** What is wrong with an event that the server emitted; empty if it is as documented. */
    public static List<String> violations(String event, JsonNode body) {
        return messages(OPERATIONS.path("tell")).stream()
                .filter(message -> message.path("name").asString().equals(event))
                .findFirst()
                .map(message -> DOCUMENT.violations(message.path("payload"), body))
                .orElseGet(() -> List.of("There is no such event"));
    }

    /** What is wrong with an acknowledgement; empty if it is one of those that are documented for the event. */
    public static List<String> violationsOfAnswer(String event, JsonNode body) {
        if (!OPERATIONS.has(event)) {
            return DOCUMENT.violations(DOCUMENT.root().at("/components/messages/refused/payload"), body);
        }
        List<List<String>> tried = messages(OPERATIONS.path(event).path("reply")).stream()
                .map(message -> DOCUMENT.violations(message.path("payload"), body))
                .toList();
        return tried.stream().anyMatch(List::isEmpty)
                ? List.of()
                : tried.stream().flatMap(List::stream).toList();
    }

    private static List<JsonNode> messages(JsonNode owner) {
        return owner.path("messages").valueStream().map(DOCUMENT::resolve).toList();
    }
}
