package dev.parley.platform.service;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.error.Subject;
import dev.parley.platform.error.Violation;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** An entry of another service's error catalogue, as its answer named it. */
record RelayedError(Definition definition) implements ErrorCode {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

    /** Reads an error answer; one that is no problem of ours means that the service is not well. */
    static Mono<Throwable> from(ClientResponse response) {
        return response.bodyToMono(JsonNode.class)
                .filter(problem -> problem.hasNonNull("code"))
                .<Throwable>map(problem -> of(
                        HttpStatus.valueOf(response.statusCode().value()),
                        problem,
                        response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER)))
                .onErrorResume(unreadable -> Mono.empty())
                .switchIfEmpty(Mono.fromSupplier(() ->
                        ApiException.of(PlatformError.UNAVAILABLE, "A dependency answered " + response.statusCode())));
    }

    /** What an error answer means. One without a code is none of ours, and means that the service is not well. */
    static ApiException of(HttpStatus status, JsonNode problem, @Nullable String retryAfter) {
        if (!problem.hasNonNull("code")) {
            return ApiException.of(PlatformError.UNAVAILABLE, "A dependency answered " + status);
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
