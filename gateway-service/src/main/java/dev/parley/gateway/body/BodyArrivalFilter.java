package dev.parley.gateway.body;

import dev.parley.gateway.limit.BodyLimits;
import dev.parley.platform.request.RequestHead;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Gives a client a limited time to send a body. A short body is read whole before its service is asked: so a client that
 * sends a part of it holds no connection to the service, and is none of the calls that a circuit breaker tries. A long body,
 * or one of unknown length, is passed on as it comes. A file may take any time as long as something comes.
 */
@Component
final class BodyArrivalFilter implements WebFilter, Ordered {

    /** Bytes. Every connection of an address may have so much of a body in memory at once. */
    private static final int SHORT = 64 * 1024;

    private final BodyLimits limits;

    BodyArrivalFilter(BodyLimits limits) {
        this.limits = limits;
    }

    /** After the limits on rates: who is refused need not send the body. */
    @Override
    public int getOrder() {
        return 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (!RequestHead.hasBody(headers)) {
            return chain.filter(exchange);
        }
        ArrivingBody body = new ArrivingBody(exchange.getRequest().getBody(), limits.of(exchange.getRequest()));
        AtomicBoolean answered = new AtomicBoolean();
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> answered.set(hasAnswer(exchange))));
        // Nothing is answered where the client has gone, or where the server has refused by itself what breaks the
        // rules of HTTP.
        return arriving(body, exchange, chain, headers)
                .onErrorResume(failure -> failure == ArrivingBody.BROKEN_OFF || answered.get(), gone -> Mono.empty());
    }

    private static boolean hasAnswer(ServerWebExchange exchange) {
        return ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse())
                        instanceof HttpServerResponse response
                && response.hasSentHeaders();
    }

    private static Mono<Void> arriving(
            ArrivingBody body, ServerWebExchange exchange, WebFilterChain chain, HttpHeaders headers) {
        long length = headers.getContentLength();
        if (length <= 0 || length > SHORT) {
            exchange.getAttributes().put(ArrivingBody.ATTRIBUTE, body);
            return chain.filter(with(exchange, body.parts()));
        }
        DataBufferFactory buffers = exchange.getResponse().bufferFactory();
        return DataBufferUtils.join(body.parts())
                .map(BodyArrivalFilter::bytes)
                .defaultIfEmpty(new byte[0])
                .flatMap(bytes -> chain.filter(with(
                        exchange, Mono.fromSupplier(() -> buffers.wrap(bytes)).flux())));
    }

    private static byte[] bytes(DataBuffer body) {
        try {
            byte[] bytes = new byte[body.readableByteCount()];
            body.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(body);
        }
    }

    private static ServerWebExchange with(ServerWebExchange exchange, Flux<DataBuffer> body) {
        return exchange.mutate()
                .request(new ServerHttpRequestDecorator(exchange.getRequest()) {
                    @Override
                    public Flux<DataBuffer> getBody() {
                        return body;
                    }
                })
                .build();
    }
}
