package dev.parley.platform.test;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stubs answer, in the form in which services answer; and what they look for in a request. */
public final class StubAnswers {

    /** What a service shows. */
    public static final String CREDENTIALS = "Basic "
            + Base64.getEncoder()
                    .encodeToString(("service:" + EmbeddedParts.SERVICE_SECRET).getBytes(StandardCharsets.UTF_8));

    /** Leaves out what is null, as services do; but not from a map. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
            .build();

    private StubAnswers() {}

    /** Whether the caller shows the secret of the services. */
    public static boolean isOfAService(HttpServerRequest request) {
        return CREDENTIALS.equals(request.requestHeaders().get("Authorization"));
    }

    /** Answers by the body of the request, a missing node if there is none. */
    public static Publisher<Void> byBody(HttpServerRequest request, Function<JsonNode, Mono<Void>> answer) {
        return request.receive()
                .aggregate()
                .asString()
                .defaultIfEmpty("")
                .flatMap(body -> answer.apply(JSON.readTree(body)));
    }

    public static Mono<Void> json(HttpServerResponse response, Object body) {
        return json(response, 200, body);
    }

    public static Mono<Void> json(HttpServerResponse response, int status, Object body) {
        return response.status(status)
                .header("Content-Type", "application/json")
                .sendString(Mono.fromSupplier(() -> JSON.writeValueAsString(body)))
                .then();
    }

    /** Refuses with an error of a catalogue. */
    public static Mono<Void> problem(HttpServerResponse response, int status, String code) {
        return problem(response, status, problem(status, code));
    }

    public static Mono<Void> problem(HttpServerResponse response, int status, Map<String, ?> problem) {
        return response.status(status)
                .header("Content-Type", "application/problem+json")
                .sendString(Mono.fromSupplier(() -> JSON.writeValueAsString(problem)))
                .then();
    }

    /** The body of a refusal, which may be added to. */
    public static Map<String, Object> problem(int status, String code) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:parley:error:" + code);
        problem.put("title", "Refused");
        problem.put("status", status);
        problem.put("detail", "Refused by a stub");
        problem.put("instance", "/internal");
        problem.put("code", code);
        problem.put("traceId", "trace-of-a-stub");
        return problem;
    }
}
