package dev.parley.gateway.upstream;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.stereotype.Component;

/** Keeps a circuit breaker for each service and each node, so that nobody waits for one that is down. */
@Component
public final class CircuitBreakers {

    private final CircuitBreakerRegistry breakers;

    CircuitBreakers(UpstreamSettings settings, MeterRegistry meters) {
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breakerWindow())
                .minimumNumberOfCalls(settings.breakerMinimum())
                .failureRateThreshold(settings.breakerFailurePercent())
                .waitDurationInOpenState(settings.breakerOpen())
                .permittedNumberOfCallsInHalfOpenState(settings.breakerTrials())
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    /** A filter for the routes of a service, which share one circuit breaker. */
    public GatewayFilter guard(String service) {
        return guard(service, breaker(service));
    }

    /** A filter for one node of a service, which has a circuit breaker of its own. */
    public GatewayFilter guard(String service, CircuitBreaker breaker) {
        return new CircuitBreakerFilter(service, breaker);
    }

    /** Tells a client that a service does not answer. */
    public static ApiException unavailable(String service, Duration retryAfter) {
        return ApiException.retryLater(
                PlatformError.UNAVAILABLE, "The " + service + " service does not answer: try again", retryAfter);
    }

    /** Drops the breaker of a node that is gone, and its metrics. */
    public void forget(CircuitBreaker breaker) {
        breakers.remove(breaker.getName());
    }

    /** The breaker of this name; always the same. */
    public CircuitBreaker breaker(String name) {
        return breakers.circuitBreaker(name);
    }
}
