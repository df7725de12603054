package dev.parley.gateway.websocket;

import dev.parley.gateway.limit.LimitSettings;
import dev.parley.gateway.upstream.UpstreamCall;
import dev.parley.gateway.upstream.UpstreamSettings;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.client.WebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.WebsocketServerSpec;

/**
 * Passes WebSockets through. The gateway accepts a client only after the node has accepted the gateway. So if the node is
 * down, the client gets an HTTP answer with the reason, instead of a socket that closes at once.
 */
@Component
public final class WebSocketProxy implements GlobalFilter, Ordered {

    /** The metadata of a route that takes WebSockets. On any other route an upgrade is ignored. */
    public static final String ALLOWED = "parley.sockets";

    private final HandshakeHeaders headers;
    private final WebSocketRelay relay;
    private final UpstreamSettings settings;
    private final SocketMetrics metrics;
    private final WebSocketClient nodes;
    private final WebSocketService clients;

    WebSocketProxy(
            HttpClient gatewayHttpClient,
            HandshakeHeaders headers,
            WebSocketRelay relay,
            SocketMetrics metrics,
            LimitSettings limits,
            UpstreamSettings settings) {
        this.headers = headers;
        this.relay = relay;
        this.metrics = metrics;
        this.settings = settings;
        int maxFrame = Math.toIntExact(limits.socketFrame().toBytes());
        this.nodes = nodeClient(gatewayHttpClient, metrics, maxFrame);
        this.clients = new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(() ->
                WebsocketServerSpec.builder().maxFramePayloadLength(maxFrame).handlePing(true)));
    }

    /** Pings and pongs pass through, too: the two ends decide how they keep a socket alive. */
    private static WebSocketClient nodeClient(HttpClient http, SocketMetrics metrics, int maxFrame) {
        HttpClient observed = http.doOnRequest((request, node) -> {
            Subprotocols.hideChoice(node);
            metrics.nodes().opened(node.channel());
        });
        return new ReactorNettyWebSocketClient(observed, () -> WebsocketClientSpec.builder()
                .maxFramePayloadLength(maxFrame)
                .handlePing(true));
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!isSocket(exchange)) {
            return chain.filter(exchange);
        }
        ServerWebExchangeUtils.setAlreadyRouted(exchange);
        Sinks.Empty<Void> accepted = Sinks.empty();
        URI address = address(exchange);
        Mono<Void> proxied = nodes.execute(
                        address,
                        headers.toNode(exchange),
                        new AcceptedSocket(exchange, address.getAuthority(), accepted))
                .onErrorResume(WebSocketClientHandshakeException.class, refusal -> passOn(refusal, exchange));
        Mono<Void> tooLate = Mono.delay(settings.handshakeTimeout())
                .takeUntilOther(accepted.asMono())
                .hasElement()
                .flatMap(late -> late ? Mono.error(new TimeoutException("No handshake in time")) : Mono.never());
        return Mono.firstWithSignal(proxied, tooLate);
    }

    private static Mono<Void> passOn(WebSocketClientHandshakeException refusal, ServerWebExchange exchange) {
        HttpResponse refused = refusal.response();
        if (refused == null || refused.status().code() == HttpStatus.SWITCHING_PROTOCOLS.value()) {
            return Mono.error(new IOException("No handshake", refusal));
        }
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(refused.status().code()));
        String retryAfter = refused.headers().get(HttpHeaders.RETRY_AFTER);
        if (retryAfter != null) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        // The answer is not written yet: another node may be asked.
        return Mono.empty();
    }

    private static boolean isSocket(ServerWebExchange exchange) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return !ServerWebExchangeUtils.isAlreadyRouted(exchange)
                && route.getMetadata().containsKey(ALLOWED)
                && "websocket"
                        .equalsIgnoreCase(exchange.getRequest().getHeaders().getUpgrade());
    }

    private static URI address(ServerWebExchange exchange) {
        URI http = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        boolean encoded = ServerWebExchangeUtils.containsEncodedParts(http);
        return UriComponentsBuilder.fromUri(http)
                .scheme("https".equals(http.getScheme()) ? "wss" : "ws")
                .build(encoded)
                .toUri();
    }

    /** Accepts the client once the node has accepted the gateway. */
    private final class AcceptedSocket implements WebSocketHandler {

        private final ServerWebExchange exchange;
        private final String address;
        private final Sinks.Empty<Void> accepted;

        AcceptedSocket(ServerWebExchange exchange, String address, Sinks.Empty<Void> accepted) {
            this.exchange = exchange;
            this.address = address;
            this.accepted = accepted;
        }

        @Override
        public Mono<Void> handle(WebSocketSession node) {
            HttpHeaders answer = node.getHandshakeInfo().getHeaders();
            String subprotocol = Subprotocols.chosen(answer);
            if (subprotocol != null
                    && !Subprotocols.offered(exchange.getRequest().getHeaders()).contains(subprotocol)) {
                return node.close(CloseStatus.PROTOCOL_ERROR)
                        .then(Mono.error(new IOException("The node chose a subprotocol that was not offered")));
            }
            accepted.tryEmitEmpty();
            UpstreamCall call = UpstreamCall.of(exchange);
            if (call != null) {
                call.succeed();
            }
            HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
            request.withConnection(client -> metrics.clients().opened(client.channel()));
            // The upgrade ends long before the socket does.
            Sinks.Empty<Void> closed = Sinks.empty();
            return clients.handleRequest(
                            headers.toClient(exchange, answer, subprotocol),
                            new AcceptedClient(subprotocol, client -> relay.between(client, node, address)
                                    .doFinally(ended -> closed.tryEmitEmpty())))
                    .then(closed.asMono());
        }
    }

    /** Relays the client's messages under the subprotocol that the node chose. */
    private record AcceptedClient(@Nullable String subprotocol, WebSocketHandler relaying) implements WebSocketHandler {

        @Override
        public List<String> getSubProtocols() {
            return subprotocol == null ? List.of() : List.of(subprotocol);
        }

        @Override
        public Mono<Void> handle(WebSocketSession client) {
            return relaying.handle(client);
        }
    }
}
