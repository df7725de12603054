package dev.parley.gateway.upstream;

import dev.parley.gateway.body.ArrivingBody;
import dev.parley.gateway.limit.BodyLimits;
import dev.parley.platform.deadline.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Limits the time until a service's answer begins, and tells the service how long that is; what a client says of it is not
 * believed. The time in which the gateway waits for the client does not count.
 */
public final class AnswerTimeout implements GatewayFilter {

    private static final Set<HttpMethod> WRITES = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Duration limit;
    private final Predicate<ServerHttpRequest> isFile;
    private final Duration limitOfFiles;

    /** The same for all requests. */
    public AnswerTimeout(Duration limit) {
        this(limit, request -> false, limit);
    }

    /** @param limitOfFiles where the service must store a file before it answers */
    public AnswerTimeout(Duration limit, BodyLimits bodies, Duration limitOfFiles) {
        this(
                limit,
                request -> WRITES.contains(request.getMethod())
                        && bodies.of(request).isFile(),
                limitOfFiles);
    }

    private AnswerTimeout(Duration limit, Predicate<ServerHttpRequest> isFile, Duration limitOfFiles) {
        this.limit = limit;
        this.isFile = isFile;
        this.limitOfFiles = limitOfFiles;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Duration time = isFile.test(exchange.getRequest()) ? limitOfFiles : limit;
        ArrivingBody body = ArrivingBody.of(exchange);
        ServerWebExchange telling = exchange.mutate()
                .request(request -> request.headers(headers -> headers.set(Deadline.HEADER, Deadline.passedOn(time))))
                .build();
        return body == null
                ? chain.filter(telling).timeout(time)
                : Mono.firstWithSignal(chain.filter(telling), lateness(body, time));
    }

    private static Mono<Void> lateness(ArrivingBody body, Duration limit) {
        return Mono.defer(() -> {
            Duration left = limit.minus(body.serviceAwaited());
            return left.isZero() || left.isNegative()
                    ? Mono.error(new TimeoutException("No answer in " + limit))
                    : Mono.delay(left).then(lateness(body, limit));
        });
    }
}
