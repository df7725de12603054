package dev.parley.platform.error;

import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * What a service needs to answer a request. While one of them is away or does not answer in time, requests that need it
 * fail with {@link PlatformError#UNAVAILABLE}. {@code docs/outages.md} shows it as a table.
 */
public enum Dependency {
    STORE("store", Duration.ofSeconds(2), StoreOutage::isSaidBy),
    BROKER("broker", Duration.ofSeconds(2), RetriableException.class::isInstance),
    SERVICE("service", Duration.ofSeconds(1), Dependency::isSaidByACall);

    private final String title;
    private final Duration retryAfter;
    private final Predicate<Throwable> saidBy;

    Dependency(String title, Duration retryAfter, Predicate<Throwable> saidBy) {
        this.title = title;
        this.retryAfter = retryAfter;
        this.saidBy = saidBy;
    }

    /** The one whose absence explains a failure; empty if the failure is about the request, or a bug. */
    static Optional<Dependency> awayBy(Throwable failure) {
        return Causes.of(failure)
                .flatMap(cause -> Stream.of(values()).filter(dependency -> dependency.saidBy.test(cause)))
                .findFirst();
    }

    /** What a client is told. */
    ApiException unavailable(String traceId) {
        return ApiException.logged(
                PlatformError.UNAVAILABLE, "A dependency did not answer: try again", retryAfter, traceId);
    }

    /** As the page calls it. */
    public String title() {
        return title;
    }

    /** When a client should try again. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** A connection that failed or broke off, also in the middle of an answer, and whatever was not done in time. */
    private static boolean isSaidByACall(Throwable failure) {
        return failure instanceof WebClientRequestException
                || failure instanceof WebClientResponseException answer && answer.getCause() instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof ReadTimeoutException
                || failure instanceof SocketException;
    }
}
