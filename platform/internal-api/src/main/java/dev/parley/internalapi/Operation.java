package dev.parley.internalapi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * An internal endpoint as it is documented.
 *
 * @param service whose it is
 * @param path with its variables in braces
 * @param definition in OpenAPI's words
 */
record Operation(String service, String method, String path, JsonNode definition) {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");
    private static final Pattern CODE = Pattern.compile("`([a-z]+\\.[a-z-]+)`");

    String document() {
        return service + ".yaml";
    }

    /** Where its definition stands in the document (RFC 6901), as a part of a URI. */
    String pointer() {
        return "/paths/" + escaped(path).replace("{", "%7B").replace("}", "%7D") + '/' + method.toLowerCase();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    boolean matches(InternalCall call) {
        return method.equals(call.method())
                && call.path().matches(VARIABLE.matcher(path).replaceAll("[^/]+"));
    }

    /** Of two that match, the one with fewer variables is meant. */
    long variables() {
        return VARIABLE.matcher(path).results().count();
    }

    boolean takesBody() {
        return definition.has("requestBody");
    }

    /** Whether each is required, by name. */
    Map<String, Boolean> queryParameters() {
        return definition
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString("").equals("query"))
                .collect(Collectors.toMap(
                        parameter -> parameter.path("name").asString(),
                        parameter -> parameter.path("required").asBoolean(false)));
    }

    boolean answersWith(int status) {
        return definition.path("responses").has(String.valueOf(status));
    }

    boolean hasContent(int status) {
        return definition.path("responses").path(String.valueOf(status)).has("content");
    }

    /** The errors that it has beside those of every operation. */
    Set<String> codes(int status) {
        return codes(definition
                .path("responses")
                .path(String.valueOf(status))
                .path("description")
                .asString(""));
    }

    /** The names of errors that a text mentions. */
    static Set<String> codes(String text) {
        return CODE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    /** How an endpoint is called in a list of them. */
    static String name(String method, String path) {
        return method + ' ' + VARIABLE.matcher(path).replaceAll("{}");
    }

    static List<Operation> of(String service, JsonNode document) {
        return document.path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .filter(method -> !method.getKey().equals("parameters"))
                        .map(method -> new Operation(
                                service, method.getKey().toUpperCase(), path.getKey(), method.getValue())))
                .toList();
    }

    @Override
    public String toString() {
        return service + ": " + method + ' ' + path;
    }
}
