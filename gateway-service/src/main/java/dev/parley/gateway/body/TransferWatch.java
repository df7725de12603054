package dev.parley.gateway.body;

import dev.parley.gateway.limit.BodyLimits;
import dev.parley.gateway.limit.LimitSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Breaks off a file on its way to a client when nothing of it passes for too long: the client does not read, or the service
 * sends no more. Both connections are closed; the client can ask for the rest. How long all of it takes does not matter.
 */
@Component
final class TransferWatch implements GlobalFilter, Ordered {

    private final BodyLimits bodies;
    private final Duration longest;

    TransferWatch(BodyLimits bodies, LimitSettings settings) {
        this.bodies = bodies;
        this.longest = settings.transferIdle();
    }

    /** Outside of the filter that writes the answer. */
    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return bodies.isOfFiles(exchange.getRequest().getPath().pathWithinApplication())
                ? chain.filter(exchange.mutate()
                        .response(new Watched(exchange.getResponse()))
                        .build())
                : chain.filter(exchange);
    }

    private final class Watched extends ServerHttpResponseDecorator {

        Watched(ServerHttpResponse response) {
            super(response);
        }

        /** An error in the body would wait for what is being written, which is what nobody reads. */
        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return Mono.defer(() -> {
                AtomicLong passed = new AtomicLong(System.nanoTime());
                Flux<DataBuffer> watched =
                        Flux.<DataBuffer>from(body).doOnNext(part -> passed.lazySet(System.nanoTime()));
                return Mono.firstWithSignal(super.writeWith(watched), stall(passed));
            });
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return writeWith(Flux.from(body).concatMap(parts -> parts));
        }

        private Mono<Void> stall(AtomicLong passed) {
            return Mono.defer(() -> {
                Duration left = longest.minusNanos(System.nanoTime() - passed.get());
                return left.isZero() || left.isNegative()
                        ? Mono.error(new AbortedException("Nothing of the file passed in " + longest))
                        : Mono.delay(left).then(stall(passed));
            });
        }
    }
}
