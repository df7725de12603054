package dev.parley.gateway.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes the OpenAPI document by what is the same for all operations, so that nobody has to write it down at each: headers
 * that every request may have, refusals that every request may meet, and examples of answers.
 */
@Component
public final class OpenApiDocument {

    private static final String SOURCE = "docs/openapi.yaml";
    static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String RESPONSES = "#/components/responses/";
    private static final String PARAMETERS = "#/components/parameters/";

    /** A line of the list of errors that every operation may answer with. */
    private static final Pattern COMMON = Pattern.compile("- (4\\d\\d) (.*)");

    /** Not an operation's: there is no such path, or the path lacks the method. */
    private static final Set<String> OF_NO_OPERATION = Set.of("404", "405");

    private static final Set<String> OF_TOKENS = Set.of("401", "403");
    private static final Set<String> OF_BODIES = Set.of("408", "413", "415");

    private final ObjectNode document = ClassPathDocuments.yaml(SOURCE);
    private final Map<String, String> common = new LinkedHashMap<>();

    OpenApiDocument() {
        String list = document.at("/components/responses/Any/description").asString();
        for (String line : list.split("\n")) {
            Matcher found = COMMON.matcher(line);
            if (found.matches()) {
                common.put(found.group(1), found.group(2));
            }
        }
        document.path("paths").forEach(path -> path.properties().forEach(operation -> {
            if (METHODS.contains(operation.getKey())) {
                complete((ObjectNode) operation.getValue());
            }
        }));
        new AnswerExamples(document).addToAnswers();
    }

    public static ObjectNode assemble() {
        return new OpenApiDocument().document();
    }

    /** Must not be changed. */
    ObjectNode document() {
        return document;
    }

    private void complete(ObjectNode operation) {
        boolean secured = !operation.has("security")
                || operation.path("security").valueStream().anyMatch(each -> each.has("token"));
        ArrayNode parameters = operation.withArrayProperty("parameters");
        if (secured) {
            parameters.addObject().put("$ref", PARAMETERS + "TenantId");
            parameters.addObject().put("$ref", PARAMETERS + "ExternalUserId");
        }
        parameters.addObject().put("$ref", PARAMETERS + "RequestId");
        ObjectNode responses = (ObjectNode) operation.required("responses");
        JsonNode others = responses.remove("default");
        common.forEach((status, text) -> {
            if (!responses.has(status) && isPossible(status, secured, operation)) {
                responses.putObject(status).put("$ref", RESPONSES + response(status, text));
            }
        });
        responses.set("default", others);
    }

    private static boolean isPossible(String status, boolean secured, ObjectNode operation) {
        if (OF_NO_OPERATION.contains(status)) {
            return false;
        }
        if (OF_TOKENS.contains(status)) {
            return secured;
        }
        if (OF_BODIES.contains(status)) {
            return operation.has("requestBody");
        }
        return true;
    }

    /** The name of the component that describes a refusal of every request. */
    private String response(String status, String text) {
        String name = "Common" + status;
        ObjectNode responses = document.withObject("/components/responses");
        if (!responses.has(name)) {
            ObjectNode response = responses.putObject(name);
            response.put("description", text);
            ObjectNode headers = response.putObject("headers");
            headers.putObject("X-Request-Id").put("$ref", "#/components/headers/RequestId");
            if (status.equals("429")) {
                headers.putObject("Retry-After").put("$ref", "#/components/headers/RetryAfter");
            }
            response.set("content", document.at("/components/responses/Problem/content"));
        }
        return name;
    }
}
