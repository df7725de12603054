package dev.parley.presence.engineio;

import dev.parley.presence.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The HTTP responses of the server. None may be cached. */
final class HttpResponses {

    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private HttpResponses() {}

    static Mono<Void> packets(ServerWebExchange exchange, List<Frame> frames) {
        return write(exchange, HttpStatus.OK, TEXT, Packets.encode(frames));
    }

    static Mono<Void> ok(ServerWebExchange exchange) {
        // As HTML, like the protocol's own servers do, so that old browsers do not offer it as a download.
        return write(exchange, HttpStatus.OK, MediaType.TEXT_HTML, bytes("ok"));
    }

    static Mono<Void> refuse(ServerWebExchange exchange, RequestError error) {
        return write(exchange, HttpStatus.BAD_REQUEST, MediaType.APPLICATION_JSON, bytes(error.toJson()));
    }

    static Mono<Void> tooLarge(ServerWebExchange exchange) {
        // The rest of the body is not read, so the connection cannot be used again.
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return write(exchange, HttpStatus.CONTENT_TOO_LARGE, TEXT, new byte[0]);
    }

    /** Another node will serve the client, or this one once it has restarted. */
    static Mono<Void> draining(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return write(exchange, HttpStatus.SERVICE_UNAVAILABLE, TEXT, new byte[0]);
    }

    /** Socket.IO's clients try again by themselves. */
    static Mono<Void> tooMany(ServerWebExchange exchange, Duration retryAfter) {
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        return write(exchange, HttpStatus.TOO_MANY_REQUESTS, TEXT, new byte[0]);
    }

    private static Mono<Void> write(ServerWebExchange exchange, HttpStatus status, MediaType type, byte[] body) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(type);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
