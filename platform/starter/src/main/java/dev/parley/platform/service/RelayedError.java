package dev.parley.platform.service;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.PlatformError;
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
                .<Throwable>map(problem -> toException(response, problem))
                .onErrorResume(unreadable -> Mono.empty())
                .switchIfEmpty(Mono.fromSupplier(() ->
                        ApiException.of(PlatformError.UNAVAILABLE, "A dependency answered " + response.statusCode())));
    }

    private static ApiException toException(ClientResponse response, JsonNode problem) {
        List<FieldError> errors = problem.path("errors")
                .valueStream()
                .map(error -> new FieldError(text(error, "field"), text(error, "code"), text(error, "message")))
                .toList();
        HttpStatus status = HttpStatus.valueOf(response.statusCode().value());
        ErrorCode code = new RelayedError(new Definition(text(problem, "code"), status, text(problem, "title")));
        return ApiException.relayed(code, text(problem, "detail"), errors, retryAfter(response));
    }

    private static @Nullable Duration retryAfter(ClientResponse response) {
        return response.headers().header(HttpHeaders.RETRY_AFTER).stream()
                .filter(seconds -> SECONDS.matcher(seconds).matches())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .findFirst()
                .orElse(null);
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
