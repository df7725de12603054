package dev.parley.platform.deadline;

import dev.parley.platform.request.RequestHead;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends the work on a request at its deadline. The time runs from when the whole body has arrived until the answer begins: an
 * upload and a download may take as long as they like.
 */
public final class TimeLimit {

    private TimeLimit() {}

    /** @return fails with a {@link java.util.concurrent.TimeoutException} if no answer has begun by then */
    public static Mono<Void> on(
            ServerWebExchange exchange, Deadline deadline, Function<ServerWebExchange, Mono<Void>> work) {
        Mono<Deadline> passed = deadline.passed()
                .filter(over -> !exchange.getResponse().isCommitted())
                .switchIfEmpty(Mono.never());
        return deadline.bound(work.apply(arriving(exchange, deadline)), passed);
    }

    private static ServerWebExchange arriving(ServerWebExchange exchange, Deadline deadline) {
        return RequestHead.hasBody(exchange.getRequest().getHeaders()) ? new Arriving(exchange, deadline) : exchange;
    }

    /** A request whose body takes as long as the client takes. A form is read past the request, by the exchange itself. */
    private static final class Arriving extends ServerWebExchangeDecorator {

        private final Deadline deadline;
        private final ServerHttpRequest request;

        Arriving(ServerWebExchange exchange, Deadline deadline) {
            super(exchange);
            this.deadline = deadline;
            this.request = new ServerHttpRequestDecorator(exchange.getRequest()) {
                @Override
                public Flux<DataBuffer> getBody() {
                    return super.getBody()
                            .doOnSubscribe(reading -> deadline.hold())
                            .doFinally(end -> deadline.begin());
                }
            };
        }

        @Override
        public ServerHttpRequest getRequest() {
            return request;
        }

        @Override
        public Mono<MultiValueMap<String, String>> getFormData() {
            return untimed(super.getFormData());
        }

        @Override
        public Mono<MultiValueMap<String, Part>> getMultipartData() {
            return untimed(super.getMultipartData());
        }

        private <T> Mono<T> untimed(Mono<T> body) {
            return body.doOnSubscribe(reading -> deadline.hold()).doFinally(end -> deadline.begin());
        }
    }
}
