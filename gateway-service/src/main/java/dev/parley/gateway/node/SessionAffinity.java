package dev.parley.gateway.node;

import dev.parley.platform.error.Causes;
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
 * Takes every request of an Engine.IO session to the node that holds the session: the session's id begins with the node's
 * tag. No other node could answer. A request without a session id opens a session, on any node.
 */
final class SessionAffinity extends NodeFailover {

    /** Engine.IO's answer for a session that is gone. Its clients then open a new one. */
    private static final byte[] UNKNOWN_SESSION =
            "{\"code\":1,\"message\":\"Session ID unknown\"}".getBytes(StandardCharsets.UTF_8);

    private final ServiceNodes nodes;
    private final Duration openingTimeout;

    /** @param openingTimeout how long a node may take to open a session by polling, which is not slow as a poll is */
    SessionAffinity(ServiceNodes nodes, Duration openingTimeout) {
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
        // WebSocketProxy limits the time of a WebSocket's handshake; the socket then stays open.
        boolean polls = request.getHeaders().getUpgrade() == null;
        GatewayFilterChain bounded = polls ? asked -> chain.filter(asked).timeout(openingTimeout) : chain;
        return toAny(exchange, bounded, true);
    }

    private Mono<Void> toHolder(String sessionId, ServerWebExchange exchange, GatewayFilterChain chain) {
        Node holder = nodes.holding(sessionId);
        // Any node can say that it does not know the session.
        Mono<Void> asked = holder == null ? toAny(exchange, chain, false) : chain.filter(at(holder, exchange, false));
        return asked.onErrorResume(
                failure ->
                        !exchange.getResponse().isCommitted() && (isUnanswered(failure, exchange) || isBroken(failure)),
                failure -> sessionLost(exchange.getResponse()));
    }

    /** Whether the connection failed or was lost. A node that is only slow still holds its sessions. */
    private static boolean isBroken(Throwable failure) {
        return Causes.include(failure, IOException.class);
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
