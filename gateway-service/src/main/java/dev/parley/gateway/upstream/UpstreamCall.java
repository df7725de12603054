package dev.parley.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/** One call to a service. Tells the circuit breaker how it ended, exactly once. */
public final class UpstreamCall {

    static final String ATTRIBUTE = UpstreamCall.class.getName();

    private static final String UNSENT = ATTRIBUTE + ".unsent";

    private final CircuitBreaker breaker;
    private final long started;
    private final AtomicBoolean reported = new AtomicBoolean();

    UpstreamCall(CircuitBreaker breaker) {
        this.breaker = breaker;
        this.started = breaker.getCurrentTimestamp();
    }

    /** The call that the exchange is part of; null on a route without a circuit breaker. */
    public static @Nullable UpstreamCall of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** Notes that nothing of the request was sent: it may go to another node. */
    static void unsent(ServerWebExchange exchange) {
        exchange.getAttributes().put(UNSENT, true);
    }

    /** Whether nothing of the request was sent. Forgets it. */
    public static boolean wasUnsent(ServerWebExchange exchange) {
        return exchange.getAttributes().remove(UNSENT) != null;
    }

    /** The service has accepted the call, whatever happens later. */
    public void succeed() {
        if (reported.compareAndSet(false, true)) {
            breaker.onSuccess(elapsed(), breaker.getTimestampUnit());
        }
    }

    void fail(Throwable failure) {
        if (reported.compareAndSet(false, true)) {
            breaker.onError(elapsed(), breaker.getTimestampUnit(), failure);
        }
    }

    /** The outcome says nothing about the service: the client left, or its request broke a rule. */
    void abandon() {
        if (reported.compareAndSet(false, true)) {
            breaker.releasePermission();
        }
    }

    /** A service that answers 502 to 504 counts as failed; one that fails at a single request (500) does not. */
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
