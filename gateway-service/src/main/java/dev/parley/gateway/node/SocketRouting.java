package dev.parley.gateway.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Takes the requests of one Engine.IO session to the node that holds it, which the beginning of its id names: always, as no
 * other can answer them. A request without an id opens a session, on any node.
 */
final class SocketRouting extends AnyNode {

    /** How Engine.IO says that a session is gone. Its clients then open a new one. */
    private static final byte[] UNKNOWN_SESSION =
            "{\"code\":1,\"message\":\"Session ID unknown\"}".getBytes(StandardCharsets.UTF_8);

    private final PresenceNodes nodes;
    private final Duration openingTimeout;

    /** @param openingTimeout how long a node may take to open a session by polling, which is not slow as a poll is */
    SocketRouting(PresenceNodes nodes, Duration openingTimeout) {
        super(nodes);
        this.nodes = nodes;
        this.openingTimeout = openingTimeout;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String sessionId = request.getQueryParams().getFirst("sid");
        if (sessionId != null) {
            return toHolder(sessionId, exchange, chain);
        }
        // Who opens with a WebSocket stays for long; SocketProxy bounds that handshake.
        boolean polls = request.getHeaders().getUpgrade() == null;
        GatewayFilterChain bounded = polls ? asked -> chain.filter(asked).timeout(openingTimeout) : chain;
        return toAny(exchange, bounded, true);
    }

    private Mono<Void> toHolder(String sessionId, ServerWebExchange exchange, GatewayFilterChain chain) {
        PresenceNode holder = nodes.holding(sessionId);
        // Any other one knows what to say of a session that nobody holds.
        Mono<Void> asked = holder == null ? toAny(exchange, chain, false) : chain.filter(at(holder, exchange, false));
        return asked.onErrorResume(
                failure ->
                        !exchange.getResponse().isCommitted() && (isUnanswered(failure, exchange) || isBroken(failure)),
                failure -> sessionLost(exchange.getResponse()));
    }

    /** No connection, or one that was lost. A node that is slow, or has too many connections, still holds its sessions. */
    private static boolean isBroken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static Mono<Void> sessionLost(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.BAD_REQUEST);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().setContentLength(UNKNOWN_SESSION.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(UNKNOWN_SESSION)));
    }
}
