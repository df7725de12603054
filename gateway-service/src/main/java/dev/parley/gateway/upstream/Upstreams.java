package dev.parley.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.stereotype.Component;

/** Keeps a circuit breaker for each service, so that one that is down costs its callers no waiting. */
@Component
public final class Upstreams {

    private final CircuitBreakerRegistry breakers;

    Upstreams(UpstreamSettings settings, MeterRegistry meters) {
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breakerWindow())
                .minimumNumberOfCalls(settings.breakerMinimum())
                .failureRateThreshold(settings.breakerFailurePercent())
                .waitDurationInOpenState(settings.breakerOpen())
                .permittedNumberOfCallsInHalfOpenState(settings.breakerTrials())
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    /** A filter for routes to the named service. Routes to the same service share its circuit breaker. */
    public GatewayFilter guard(String service) {
        return guard(service, breaker(service));
    }

    /** The same for one of several that do the service's work, each with a breaker of its own. */
    public GatewayFilter guard(String service, CircuitBreaker breaker) {
        return new UpstreamGuard(service, breaker);
    }

    /** The breaker of this name; always the same. */
    public CircuitBreaker breaker(String name) {
        return breakers.circuitBreaker(name);
    }
}
