package dev.parley.platform.service;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.error.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;

/** An entry of another service's error catalogue, as its answer named it. */
record RelayedError(String code, HttpStatus status, String title) implements ErrorCode {

    /** Reads an error answer; one that is no problem of ours means that the service is not well. */
    static Mono<Throwable> from(ClientResponse response) {
        return response.bodyToMono(Problem.class)
                .filter(problem -> problem.code() != null && HttpStatus.resolve(problem.status()) != null)
                .<Throwable>map(RelayedError::toException)
                .onErrorResume(unreadable -> Mono.empty())
                .switchIfEmpty(Mono.fromSupplier(() ->
                        ApiException.of(PlatformError.UNAVAILABLE, "A dependency answered " + response.statusCode())));
    }

    private static ApiException toException(Problem problem) {
        ErrorCode code = new RelayedError(problem.code(), HttpStatus.valueOf(problem.status()), problem.title());
        return ApiException.relayed(code, problem.detail(), problem.errors());
    }
}
