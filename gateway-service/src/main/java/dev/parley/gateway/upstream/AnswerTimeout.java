package dev.parley.gateway.upstream;

import dev.parley.gateway.body.ArrivingBody;
import dev.parley.platform.deadline.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Limits the time until a service's answer begins, and tells the service how long that is; what a client says of it is not
 * believed. The time in which the gateway waits for the client does not count.
 */
public final class AnswerTimeout implements GatewayFilter {

    private final Duration limit;
    private final String told;

    public AnswerTimeout(Duration limit) {
        this.limit = limit;
        this.told = Deadline.passedOn(limit);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ArrivingBody body = ArrivingBody.of(exchange);
        ServerWebExchange telling = exchange.mutate()
                .request(request -> request.headers(headers -> headers.set(Deadline.HEADER, told)))
                .build();
        return body == null
                ? chain.filter(telling).timeout(limit)
                : Mono.firstWithSignal(chain.filter(telling), lateness(body));
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
