package dev.parley.platform.service;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.error.Subject;
import dev.parley.platform.error.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** An entry of another service's error catalogue, as its answer named it. */
record RelayedError(Definition definition) implements ErrorCode {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

    /** What a firewall or an HTTP server answers to what it cannot read. */
    private static final Set<Integer> UNREADABLE = Set.of(400, 414, 431);

    /** Reads an error answer. */
    static Mono<Throwable> from(ClientResponse response) {
        return response.bodyToMono(JsonNode.class)
                .filter(problem -> problem.hasNonNull("code"))
                .<Throwable>map(problem -> of(
                        response.statusCode(),
                        problem,
                        response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER)))
                .onErrorResume(unreadable -> Mono.empty())
                .switchIfEmpty(Mono.fromSupplier(
                        () -> withoutCode(response.statusCode().value())));
    }

    /**
     * An answer without a code is none of ours. Either the service's HTTP server or firewall could not read the request, which
     * is the fault of whoever called us. Or the service is not well.
     */
    private static ApiException withoutCode(int status) {
        return UNREADABLE.contains(status)
                ? ApiException.of(PlatformError.MALFORMED_REQUEST, "The request holds what no address may")
                : ApiException.of(PlatformError.UNAVAILABLE, "A dependency answered " + status);
    }

    /** What an error answer means. */
    static ApiException of(HttpStatusCode status, JsonNode problem, @Nullable String retryAfter) {
        if (!problem.hasNonNull("code")) {
            return withoutCode(status.value());
        }
        List<FieldError> errors = problem.path("errors")
                .valueStream()
                .map(error -> new FieldError(text(error, "field"), text(error, "code"), text(error, "message")))
                .toList();
        ErrorCode code = new RelayedError(new Definition(text(problem, "code"), status, text(problem, "title")));
        Duration pause = retryAfter != null && SECONDS.matcher(retryAfter).matches()
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : null;
        List<Violation> violations = problem.path("violations")
                .valueStream()
                .map(violation -> new Violation(
                        Subject.of(text(violation.path("subject"), "kind"), text(violation.path("subject"), "id")),
                        text(violation, "code"),
                        text(violation, "message")))
                .toList();
        String traceId = status.is5xxServerError() ? problem.path("traceId").asString(null) : null;
        return ApiException.relayed(code, text(problem, "detail"), errors, violations, pause, traceId);
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
