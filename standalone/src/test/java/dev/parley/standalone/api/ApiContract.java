package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.parley.gateway.docs.OpenApiDocument;
import dev.parley.platform.test.ApiClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the OpenAPI document says of answers, held against real ones. */
public final class ApiContract {

    static final Document DOCUMENT = new Document(OpenApiDocument.assemble());

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final List<Operation> OPERATIONS = operations();

    /** @param path with its variables in braces */
    record Operation(String method, String path, JsonNode definition) {

        boolean matches(String askedMethod, String askedPath) {
            String pattern = Pattern.compile("\\{\\w+}").matcher(path).replaceAll("[^/]+");
            return method.equals(askedMethod) && askedPath.matches(pattern);
        }

        /** Of two that match, the one with fewer variables is meant. */
        long variables() {
            return path.chars().filter(character -> character == '{').count();
        }

        JsonNode response(int status) {
            JsonNode responses = definition.path("responses");
            JsonNode own = responses.path(String.valueOf(status));
            return DOCUMENT.resolve(own.isMissingNode() ? responses.path("default") : own);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private ApiContract() {}

    /** A client whose every answer is checked. */
    public static ApiClient client(String baseUrl, String token) {
        return new ApiClient(baseUrl, token)
                .watchedBy((request, answer) -> check(
                        request.getMethod().name(), request.getURI().getRawPath(), answer.status(), answer.body()));
    }

    /**
     * Fails if the answer is not as it is documented.
     *
     * @param body an empty object if there was none
     */
    public static void check(String method, String path, int status, JsonNode body) {
        if (!path.startsWith("/api/")) {
            return;
        }
        OPERATIONS.stream()
                .filter(operation -> operation.matches(method, path))
                .min(Comparator.comparing(Operation::variables))
                .ifPresentOrElse(
                        operation -> check(operation, status, body), () -> checkUnknown(method, path, status, body));
    }

    private static void check(Operation operation, int status, JsonNode body) {
        JsonNode response = operation.response(status);
        if (status < 400 && !operation.definition().path("responses").has(String.valueOf(status))) {
            fail("%s answered %d, which is not documented: %s", operation, status, body);
        }
        JsonNode content = response.path("content").valueStream().findFirst().orElse(null);
        if (content == null) {
            assertThat(body).as("%s %d has no body", operation, status).isEmpty();
            return;
        }
        assertThat(DOCUMENT.violations(content.path("schema"), body))
                .as("%s %d: %s", operation, status, body)
                .isEmpty();
        if (status >= 400) {
            List<String> codes =
                    new ArrayList<>(Document.codes(response.path("description").asString()));
            codes.addAll(common(status));
            assertThat(body.path("code").asString())
                    .as("%s %d: %s", operation, status, body)
                    .isIn(codes);
        }
    }

    private static void checkUnknown(String method, String path, int status, JsonNode body) {
        assertThat(body.path("code").asString())
                .as("%s %s is not documented, and answered %d", method, path, status)
                .isIn(common(status));
    }

    /** The codes that every operation can answer with. */
    static List<String> common(int status) {
        return DOCUMENT.root()
                .at("/components/responses/Any/description")
                .asString()
                .lines()
                .filter(line -> line.startsWith("- " + status))
                .flatMap(line -> Document.codes(line).stream())
                .toList();
    }

    static List<Operation> operations() {
        return DOCUMENT.root()
                .path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .filter(each -> METHODS.contains(each.getKey()))
                        .map(each -> new Operation(each.getKey().toUpperCase(), path.getKey(), each.getValue())))
                .collect(Collectors.toList());
    }
}
