package dev.parley.gateway.upstream;

import dev.parley.platform.error.ApiException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets calls through to a service that answers, and refuses them at once while the service does not. A call ends with the
 * head of its answer: a body or a socket may take as long as it likes.
 */
final class CircuitBreakerFilter implements GatewayFilter {

    private static final Logger log = LoggerFactory.getLogger(CircuitBreakerFilter.class);

    private final String service;
    private final CircuitBreaker breaker;
    private final Duration retryAfter;

    CircuitBreakerFilter(String service, CircuitBreaker breaker) {
        this.service = service;
        this.breaker = breaker;
        this.retryAfter = Duration.ofMillis(breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(1));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!breaker.tryAcquirePermission()) {
            return Mono.error(unavailable());
        }
        UpstreamCall call = new UpstreamCall(breaker);
        exchange.getAttributes().put(UpstreamCall.ATTRIBUTE, call);
        return chain.filter(exchange)
                .doOnSuccess(answered -> call.answered(exchange.getResponse().getStatusCode()))
                .doOnCancel(call::abandon)
                .onErrorMap(failure -> isFailureOfService(failure) ? failed(call, failure) : abandoned(call, failure));
    }

    private ApiException failed(UpstreamCall call, Throwable failure) {
        log.warn("{} does not answer: {}", breaker.getName(), failure.toString());
        call.fail(failure);
        return unavailable();
    }

    private static Throwable abandoned(UpstreamCall call, Throwable failure) {
        call.abandon();
        return failure;
    }

    private ApiException unavailable() {
        return CircuitBreakers.unavailable(service, retryAfter);
    }

    private static boolean isFailureOfService(Throwable failure) {
        if (failure instanceof ResponseStatusException status) {
            return status.getStatusCode().value() == 504;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
