package dev.parley.presence.jsonlines;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.presence.session.AdmissionDecision;
import dev.parley.presence.session.ConnectCredentials;
import dev.parley.presence.session.DeviceSession;
import dev.parley.presence.session.DeviceSessions;
import dev.parley.presence.transport.ClientEndpoint;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.OutboundQueue;
import dev.parley.presence.transport.RandomIds;
import dev.parley.presence.transport.ReplayBarrier;
import dev.parley.presence.transport.WebSocketChannel;
import dev.parley.presence.transport.WireForm;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Map;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** Takes WebSockets at {@code /lines?token&session&offset}: whoever is not let in gets 1013. Each text frame is a command. */
final class JsonLinesServer implements WebHandler {

    private final DeviceSessions sessions;
    private final JsonLinesSurface surface;
    private final Fanout fanout;
    private final RandomIds ids = new RandomIds();

    JsonLinesServer(DeviceSessions sessions, JsonLinesSurface surface, Fanout fanout) {
        this.sessions = sessions;
        this.surface = surface;
        this.fanout = fanout;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        ConnectCredentials credentials = new ConnectCredentials(
                String.valueOf(query.getFirst("token")),
                null,
                null,
                query.getFirst("session"),
                query.getFirst("offset"));
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        return exchange.getResponse()
                .setComplete()
                .then(Mono.defer(() -> response.sendWebsocket((inbound, outbound) -> sessions.admit(credentials)
                        .flatMap(decision -> decision.accept(new Converse(inbound, outbound))))));
    }

    /** Talks to a client that is admitted, and sends every other one away. */
    private final class Converse implements AdmissionDecision.Visitor<Mono<Void>> {

        private final WebsocketInbound inbound;
        private final WebsocketOutbound outbound;

        Converse(WebsocketInbound inbound, WebsocketOutbound outbound) {
            this.inbound = inbound;
            this.outbound = outbound;
        }

        @Override
        public Mono<Void> admitted(DeviceSession session) {
            return converse(inbound, session);
        }

        @Override
        public Mono<Void> refused(ApiException reason) {
            return postponed();
        }

        @Override
        public Mono<Void> postponed() {
            return outbound.sendClose(1013, "later");
        }
    }

    private Mono<Void> converse(WebsocketInbound inbound, DeviceSession session) {
        Channel[] channel = new Channel[1];
        inbound.withConnection(connection -> channel[0] = connection.channel());
        Lines lines = new Lines(session, channel[0]);
        Mono<Void> started = sessions.start(session, lines, surface).cache();
        Mono<Void> commands = inbound.receiveFrames()
                .filter(TextWebSocketFrame.class::isInstance)
                .map(frame -> ((TextWebSocketFrame) frame).text())
                .concatMap(text -> started.then(command(session, lines, text)))
                .doFinally(end -> sessions.end(session))
                .then();
        return Mono.when(started, commands);
    }

    private Mono<Void> command(DeviceSession session, Lines lines, String text) {
        return Mono.fromRunnable(() -> sessions.admitCommand(session, "echo"))
                .then(sessions.run(session, "echo", () -> Mono.just(text)))
                .map(echo -> JsonLinesSurface.line("echo", Map.of("text", echo), null, false))
                .onErrorResume(failure -> Mono.just(JsonLinesSurface.line(
                        "error",
                        Map.of(
                                "code",
                                ErrorTranslation.translate(failure).code().code()),
                        null,
                        false)))
                .doOnNext(lines::deliver)
                .then();
    }

    /** One client. */
    private final class Lines extends ClientEndpoint {

        private final DeviceSession session;
        private final WebSocketChannel webSocket;

        Lines(DeviceSession session, Channel channel) {
            this(session, channel, fanout.newOutboundQueue(() -> {}));
        }

        private Lines(DeviceSession session, Channel channel, OutboundQueue queue) {
            super(ids.next(), new ReplayBarrier(queue, fanout.limits(), () -> channel.eventLoop()
                    .execute(channel::close)));
            this.session = session;
            this.webSocket =
                    fanout.webSocket(channel, () -> channel.eventLoop().execute(() -> close(CloseReason.SLOW_READER)));
            queue.switchTo(webSocket);
            open();
            deliver(JsonLinesSurface.line("session", Map.of("session", session.privateId()), null, false));
        }

        @Override
        public WireForm form() {
            return JsonLinesSurface.FORM;
        }

        @Override
        public void close(CloseReason reason) {
            shut();
            sessions.unreachable(session);
            webSocket.close(reason);
        }
    }
}
