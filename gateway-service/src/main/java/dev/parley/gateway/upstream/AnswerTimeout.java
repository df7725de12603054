package dev.parley.gateway.upstream;

import dev.parley.gateway.body.ArrivingBody;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Limits the time until a service's answer begins. The time in which the gateway waits for the client does not count. */
final class AnswerTimeout implements GatewayFilter {

    private final Duration limit;

    AnswerTimeout(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ArrivingBody body = ArrivingBody.of(exchange);
        return body == null
                ? chain.filter(exchange).timeout(limit)
                : Mono.firstWithSignal(chain.filter(exchange), lateness(body));
    }

    private Mono<Void> lateness(ArrivingBody body) {
        return Mono.defer(() -> {
            Duration left = limit.minus(body.serviceAwaited());
            return left.isZero() || left.isNegative()
                    ? Mono.error(new TimeoutException("No answer in " + limit))
                    : Mono.delay(left).then(lateness(body));
        });
    }
}
