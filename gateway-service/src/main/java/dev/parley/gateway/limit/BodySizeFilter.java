package dev.parley.gateway.limit;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Refuses a body that is too large: by its announced length before anything is passed on, otherwise when too much has come.
 * Then the service has an unfinished request, which changes nothing there.
 *
 * <p>Before it answers, the gateway reads a part of what is left and throws it away: a connection that is closed with
 * unread bytes is reset, and a client that still sends would not see the reason (RFC 9112, section 9.6).
 */
@Component
final class BodySizeFilter implements WebFilter, Ordered {

    private final LimitSettings limits;
    private final BodyLimits bodies;
    private final Counter refused;

    BodySizeFilter(LimitSettings limits, BodyLimits bodies, MeterRegistry meters) {
        this.limits = limits;
        this.bodies = bodies;
        this.refused = Counter.builder("parley.gateway.body-too-large")
                .description("Requests that were refused because their body is too large")
                .register(meters);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 20;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        long limit = bodies.of(exchange.getRequest()).maxBytes();
        long announced = headers.getContentLength();
        if (announced > limit) {
            return discarded(exchange, limit).then(Mono.error(() -> tooLarge(limit)));
        }
        return announced >= 0 || !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                ? chain.filter(exchange)
                : chain.filter(
                        exchange.mutate().request(new Counted(exchange, limit)).build());
    }

    private Mono<Void> discarded(ServerWebExchange exchange, long limit) {
        long[] seen = {0};
        return exchange.getRequest()
                .getBody()
                .doOnNext(part -> {
                    seen[0] += part.readableByteCount();
                    DataBufferUtils.release(part);
                })
                .takeUntil(part -> seen[0] > limit + limits.discard().toBytes())
                .take(limits.discardTime())
                .then();
    }

    private ApiException tooLarge(long limit) {
        refused.increment();
        return ApiException.of(PlatformError.BODY_TOO_LARGE, "The body may have at most " + limit + " bytes");
    }

    private final class Counted extends ServerHttpRequestDecorator {

        private final long limit;

        Counted(ServerWebExchange exchange, long limit) {
            super(exchange.getRequest());
            this.limit = limit;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(() -> {
                long[] seen = {0};
                return super.getBody()
                        .<DataBuffer>handle((DataBuffer part, SynchronousSink<DataBuffer> sink) -> {
                            seen[0] += part.readableByteCount();
                            if (seen[0] <= limit) {
                                sink.next(part);
                                return;
                            }
                            DataBufferUtils.release(part);
                            if (seen[0] > limit + limits.discard().toBytes()) {
                                sink.error(tooLarge(limit));
                            }
                        })
                        .doOnComplete(() -> {
                            if (seen[0] > limit) {
                                throw tooLarge(limit);
                            }
                        });
            });
        }
    }
}
