package dev.parley.gateway.limit;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
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
 * Refuses a body that is too large: by its announced length before anything is passed on, otherwise as soon as it has
 * grown too long. Then the service behind has an unfinished request, which changes nothing there.
 */
@Component
final class BodyLimit implements WebFilter, Ordered {

    private final LimitSettings limits;

    BodyLimit(LimitSettings limits) {
        this.limits = limits;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 20;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        long limit = limits.bodyOf(headers.getContentType());
        long announced = headers.getContentLength();
        if (announced > limit) {
            return Mono.error(tooLarge(limit));
        }
        return announced >= 0
                ? chain.filter(exchange)
                : chain.filter(
                        exchange.mutate().request(new Counted(exchange, limit)).build());
    }

    private static ApiException tooLarge(long limit) {
        return ApiException.of(PlatformError.BODY_TOO_LARGE, "The body may have at most " + limit + " bytes");
    }

    private static final class Counted extends ServerHttpRequestDecorator {

        private final long limit;

        Counted(ServerWebExchange exchange, long limit) {
            super(exchange.getRequest());
            this.limit = limit;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(() -> {
                long[] seen = {0};
                return super.getBody().handle((DataBuffer part, SynchronousSink<DataBuffer> sink) -> {
                    seen[0] += part.readableByteCount();
                    if (seen[0] > limit) {
                        DataBufferUtils.release(part);
                        sink.error(tooLarge(limit));
                    } else {
                        sink.next(part);
                    }
                });
            });
        }
    }
}
