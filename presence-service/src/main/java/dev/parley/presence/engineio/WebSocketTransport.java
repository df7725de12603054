package dev.parley.presence.engineio;

import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.WebSocketChannel;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.function.Function;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;

/** Accepts WebSockets: one that opens a session, or one to which a polling session upgrades. */
final class WebSocketTransport {

    private final EngineIoSettings settings;
    private final Fanout fanout;
    private final SessionListener.Factory listeners;
    private final WebsocketServerSpec spec;

    WebSocketTransport(EngineIoSettings settings, Fanout fanout, SessionListener.Factory listeners) {
        this.settings = settings;
        this.fanout = fanout;
        this.listeners = listeners;
        // No compression, because compressed frames would differ between connections and could not be shared.
        this.spec = WebsocketServerSpec.builder()
                .maxFramePayloadLength(settings.maxPayloadBytes())
                .compress(false)
                .build();
    }

    /** @param sessions makes the session, in its event loop, once there is a WebSocket */
    Mono<Void> open(ServerWebExchange exchange, Function<EventLoop, EngineIoSession> sessions) {
        return serve(exchange, sessions, true);
    }

    Mono<Void> upgrade(ServerWebExchange exchange, EngineIoSession session) {
        return serve(exchange, loop -> session, false);
    }

    private Mono<Void> serve(ServerWebExchange exchange, Function<EventLoop, EngineIoSession> sessions, boolean isNew) {
        ServerHttpResponse response = exchange.getResponse();
        HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
        // This only applies the headers that filters have set; nothing is written yet.
        return response.setComplete()
                .then(Mono.defer(() ->
                        nativeResponse.sendWebsocket((inbound, outbound) -> handle(inbound, sessions, isNew), spec)));
    }

    private Mono<Void> handle(WebsocketInbound inbound, Function<EventLoop, EngineIoSession> sessions, boolean isNew) {
        Channel[] channel = new Channel[1];
        inbound.withConnection(connection -> channel[0] = connection.channel());
        EngineIoSession session = sessions.apply(channel[0].eventLoop());
        WebSocketChannel webSocket = fanout.webSocket(channel[0], session::overflowed);
        if (isNew) {
            session.open(webSocket, listeners);
        } else {
            session.inLoop(() -> session.beginUpgrade(webSocket));
        }
        if (session.awaitsAdmission()) {
            channel[0].pipeline().addFirst(new UnadmittedInput(session));
        }
        WebSocketReader reader = new WebSocketReader(session, webSocket);
        inbound.aggregateFrames(settings.maxPayloadBytes()).receiveFrames().subscribe(reader);
        channel[0].closeFuture().addListener(closed -> reader.connectionEnded());
        return reader.done();
    }
}
