package dev.parley.gateway.upstream;

import dev.parley.gateway.body.ArrivingBody;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.Causes;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets calls through to a service that answers, and refuses them at once while the service does not. A call ends with the
 * head of its answer: a body or a socket may take as long as it likes. Only what the service does wrong counts: else one
 * client could have it refused to all others.
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
            UpstreamCall.unsent(exchange);
            return Mono.error(unavailable());
        }
        UpstreamCall call = new UpstreamCall(breaker);
        exchange.getAttributes().put(UpstreamCall.ATTRIBUTE, call);
        return chain.filter(exchange)
                .doOnSuccess(answered -> call.answered(exchange.getResponse().getStatusCode()))
                .doOnCancel(call::abandon)
                .doOnError(CircuitBreakerFilter::isUnreachable, failure -> UpstreamCall.unsent(exchange))
                .onErrorMap(failure -> judged(call, failure, ArrivingBody.of(exchange)));
    }

    /** @param body null if the service had all of the request from the beginning */
    private Throwable judged(UpstreamCall call, Throwable failure, @Nullable ArrivingBody body) {
        boolean late = isLate(failure);
        if (!late && !Causes.include(failure, IOException.class)) {
            call.abandon();
            return failure;
        }
        if (body == null || body.isWhole() || isUnreachable(failure)) {
            return failed(call, failure);
        }
        call.abandon();
        if (body.isBroken()) {
            return ArrivingBody.BROKEN_OFF;
        }
        return late && body.isAwaited() ? ArrivingBody.tooSlow() : unavailable();
    }

    private ApiException failed(UpstreamCall call, Throwable failure) {
        log.warn("{} does not answer: {}", breaker.getName(), failure.toString());
        call.fail(failure);
        return unavailable();
    }

    private ApiException unavailable() {
        return CircuitBreakers.unavailable(service, retryAfter);
    }

    private static boolean isLate(Throwable failure) {
        return failure instanceof ResponseStatusException status
                ? status.getStatusCode().value() == 504
                : Causes.include(failure, TimeoutException.class);
    }

    /** Whether nothing of the request was sent. */
    private static boolean isUnreachable(Throwable failure) {
        return Causes.include(failure, ConnectException.class) || Causes.include(failure, UnknownHostException.class);
    }
}
