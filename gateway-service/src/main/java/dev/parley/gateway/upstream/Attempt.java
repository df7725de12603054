package dev.parley.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/** One call to a service, of which its circuit breaker is told the outcome exactly once. */
public final class Attempt {

    static final String ATTRIBUTE = Attempt.class.getName();

    private final CircuitBreaker breaker;
    private final long started;
    private final AtomicBoolean settled = new AtomicBoolean();

    Attempt(CircuitBreaker breaker) {
        this.breaker = breaker;
        this.started = breaker.getCurrentTimestamp();
    }

    /** The attempt that the exchange is part of; null on a route without a guard. */
    public static @Nullable Attempt of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** The service has taken the call, whatever comes later. */
    public void succeed() {
        if (settled.compareAndSet(false, true)) {
            breaker.onSuccess(elapsed(), breaker.getTimestampUnit());
        }
    }

    void fail(Throwable failure) {
        if (settled.compareAndSet(false, true)) {
            breaker.onError(elapsed(), breaker.getTimestampUnit(), failure);
        }
    }

    /** The outcome says nothing about the service: the client left, or its request broke a rule. */
    void abandon() {
        if (settled.compareAndSet(false, true)) {
            breaker.releasePermission();
        }
    }

    /** A service that says it is unwell counts as failed; one that fails at a single request (500) does not. */
    void answered(@Nullable HttpStatusCode status) {
        if (status != null && status.value() >= 502 && status.value() <= 504) {
            fail(new IOException("answered " + status));
        } else {
            succeed();
        }
    }

    private long elapsed() {
        return breaker.getCurrentTimestamp() - started;
    }
}
