package dev.parley.internalapi;

import dev.parley.internalapi.InternalCall.Side;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The internal endpoints of all services, as their documents say. */
public final class InternalApi {

    /** How the path of an internal endpoint begins. */
    public static final String PATHS = "/internal/";

    private static final List<String> SERVICES = List.of(
            "auth-service",
            "conversation-service",
            "media-service",
            "message-service",
            "notification-service",
            "presence-service");
    private static final String COMMON = "common.yaml";

    /** What is answered where there is no such endpoint, or before it is looked for. */
    private static final Set<Integer> NO_ENDPOINT = Set.of(401, 404, 405);

    private static final Set<String> WRONG_REQUEST = Set.of("request.invalid", "request.malformed");

    private final Documents documents = new Documents();
    private final List<Operation> operations = SERVICES.stream()
            .flatMap(service -> Operation.of(service, Documents.read(service + ".yaml")).stream())
            .toList();
    private final JsonNode common = Documents.read(COMMON);

    List<Operation> operations() {
        return operations;
    }

    /**
     * What is wrong between the endpoints that a service has and those that are documented; empty if nothing is.
     *
     * @param served each as {@link #name} gives it
     */
    public List<String> differences(String service, Set<String> served) {
        Set<String> documented = operations.stream()
                .filter(operation -> operation.service().equals(service))
                .map(operation -> name(operation.method(), operation.path()))
                .collect(Collectors.toCollection(TreeSet::new));
        return Stream.concat(
                        served.stream()
                                .filter(endpoint -> !documented.contains(endpoint))
                                .map(endpoint -> service + ": " + endpoint + " has no schema"),
                        documented.stream()
                                .filter(endpoint -> !served.contains(endpoint))
                                .map(endpoint -> service + ": " + endpoint + " has a schema, but is not served"))
                .sorted()
                .toList();
    }

    /** @param path with its variables in braces */
    public static String name(String method, String path) {
        return Operation.name(method, path);
    }

    /** What is wrong with a call; empty if request and answer are as documented. */
    public List<String> violations(Side side, InternalCall call) {
        Optional<Operation> operation =
                operations.stream().filter(each -> each.matches(call)).min(Comparator.comparing(Operation::variables));
        if (operation.isEmpty()) {
            return side == Side.OWNER && NO_ENDPOINT.contains(call.status())
                    ? List.of()
                    : List.of(call.method() + ' ' + call.path() + " has no schema");
        }
        Operation known = operation.get();
        List<String> wrong = new ArrayList<>();
        if (call.succeeded()) {
            request(known, call).forEach(each -> wrong.add("request " + each));
        } else if (side == Side.OWNER
                && isWrongRequest(call)
                && request(known, call).isEmpty()) {
            wrong.add("was refused as a wrong request, which it is not by its schema: " + call.request());
        }
        answer(known, call).forEach(each -> wrong.add("answer " + call.status() + ' ' + each));
        return wrong.stream()
                .map(each -> known + " (" + side.name().toLowerCase() + "): " + each)
                .toList();
    }

    private boolean isWrongRequest(InternalCall call) {
        JsonNode problem = json(call.answer());
        return call.status() == 400
                && problem != null
                && WRONG_REQUEST.contains(problem.path("code").asString(""));
    }

    private List<String> request(Operation operation, InternalCall call) {
        List<String> wrong = new ArrayList<>(query(operation, call));
        if (operation.takesBody()) {
            JsonNode body = json(call.request());
            if (body != null && strings(body).anyMatch(InternalApi::hasHalfACharacter)) {
                wrong.add("has half of a surrogate pair, which no schema can say");
            }
            wrong.addAll(
                    body == null
                            ? List.of("is no JSON")
                            : documents.violations(
                                    operation.document(),
                                    operation.pointer() + "/requestBody/content/application~1json/schema",
                                    body));
        } else if (!call.request().isEmpty()) {
            wrong.add("has a body");
        }
        return wrong;
    }

    private static Stream<String> strings(JsonNode node) {
        return node.isString() ? Stream.of(node.asString()) : node.valueStream().flatMap(InternalApi::strings);
    }

    private static boolean hasHalfACharacter(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static List<String> query(Operation operation, InternalCall call) {
        int start = call.uri().indexOf('?');
        Set<String> given = start < 0
                ? Set.of()
                : Arrays.stream(call.uri().substring(start + 1).split("&"))
                        .map(pair -> URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8))
                        .collect(Collectors.toSet());
        Stream<String> unknown = given.stream()
                .filter(name -> !operation.queryParameters().containsKey(name))
                .map(name -> "has an unknown parameter " + name);
        Stream<String> missing = operation.queryParameters().entrySet().stream()
                .filter(parameter -> parameter.getValue() && !given.contains(parameter.getKey()))
                .map(parameter -> "has no parameter " + parameter.getKey());
        return Stream.concat(unknown, missing).toList();
    }

    private List<String> answer(Operation operation, InternalCall call) {
        if (call.status() >= 400) {
            return problem(operation, call);
        }
        if (!operation.answersWith(call.status())) {
            return List.of("is not documented");
        }
        if (!operation.hasContent(call.status())) {
            return call.answer().isEmpty() ? List.of() : List.of("has a body: " + call.answer());
        }
        JsonNode body = json(call.answer());
        if (body == null || !isOfType("application/json", call)) {
            return List.of("is no JSON: " + call.contentType() + ' ' + call.answer());
        }
        return documents
                .violations(
                        operation.document(),
                        operation.pointer() + "/responses/" + call.status() + "/content/application~1json/schema",
                        body)
                .stream()
                .map(each -> each + " in " + call.answer())
                .toList();
    }

    /** A service that is not well, or not there, may answer nothing at all. */
    private List<String> problem(Operation operation, InternalCall call) {
        if (call.status() >= 500 && call.answer().isEmpty()) {
            return List.of();
        }
        JsonNode body = json(call.answer());
        if (body == null || !isOfType("application/problem+json", call)) {
            return List.of("is no problem: " + call.contentType() + ' ' + call.answer());
        }
        List<String> wrong = new ArrayList<>(documents.violations(COMMON, "/components/schemas/Problem", body));
        String code = body.path("code").asString("");
        if (!operation.codes(call.status()).contains(code)
                && !commonCodes(call.status()).contains(code)) {
            wrong.add("has a code that is not documented: " + code);
        }
        return wrong.stream().map(each -> each + " in " + call.answer()).toList();
    }

    private Set<String> commonCodes(int status) {
        return common.at("/components/responses/Any/description")
                .asString()
                .lines()
                .filter(line -> line.startsWith("- " + status))
                .flatMap(line -> Operation.codes(line).stream())
                .collect(Collectors.toSet());
    }

    private static boolean isOfType(String type, InternalCall call) {
        return call.contentType() != null && call.contentType().startsWith(type);
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return text.isEmpty() ? null : JsonMapper.shared().readTree(text);
        } catch (JacksonException none) {
            return null;
        }
    }
}
