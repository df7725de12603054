package dev.parley.platform.service;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.PlatformError;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** An entry of another service's error catalogue, as its answer named it. */
record RelayedError(String code, HttpStatus status, String title) implements ErrorCode {

    /** Reads an error answer; one that is no problem of ours means that the service is not well. */
    static Mono<Throwable> from(ClientResponse response) {
        return response.bodyToMono(JsonNode.class)
                .filter(problem -> problem.hasNonNull("code"))
                .<Throwable>map(problem ->
                        toException(HttpStatus.valueOf(response.statusCode().value()), problem))
                .onErrorResume(unreadable -> Mono.empty())
                .switchIfEmpty(Mono.fromSupplier(() ->
                        ApiException.of(PlatformError.UNAVAILABLE, "A dependency answered " + response.statusCode())));
    }

    private static ApiException toException(HttpStatus status, JsonNode problem) {
        List<FieldError> errors = problem.path("errors")
                .valueStream()
                .map(error -> new FieldError(text(error, "field"), text(error, "code"), text(error, "message")))
                .toList();
        ErrorCode code = new RelayedError(text(problem, "code"), status, text(problem, "title"));
        return ApiException.relayed(code, text(problem, "detail"), errors);
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
