package dev.parley.presence.socketio;

import dev.parley.presence.engineio.EngineIoServer;
import dev.parley.presence.engineio.EngineIoSession;
import dev.parley.presence.engineio.EngineIoSettings;
import dev.parley.presence.engineio.SessionListener;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.LiveServer;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves what the protocols' own conformance suites expect: an Engine.IO echo on {@code /engine.io/}, and on
 * {@code /socket.io/} the namespaces {@code /} and {@code /custom}. Run it with a port as its argument:
 *
 * <pre>./mvnw -q -Pconformance -pl presence-service -am process-test-classes -Dport=3000</pre>
 */
public final class ConformanceServer {

    /** What the suites ask for. */
    private static final EngineIoSettings SUITES =
            EngineIoSettings.defaults().withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200));

    private ConformanceServer() {}

    public static void main(String[] args) throws InterruptedException {
        LiveServer server = start(Integer.parseInt(args[0]), SUITES, Duration.ofMillis(1000));
        System.out.println("Listening on http://127.0.0.1:" + server.port());
        new CountDownLatch(1).await();
    }

    /** Begins to serve; port 0 is any free one. */
    public static LiveServer start(int port, EngineIoSettings settings, Duration connectTimeout) {
        LiveServer server = new LiveServer(2, OutboundLimits.defaults());
        EngineIoServer engine = new EngineIoServer(settings, server.fanout(), server.addresses(), Echo::new);
        SocketIoServer sockets = new SocketIoServer(
                SocketIoSettings.defaults()
                        .withTimeouts(connectTimeout, Duration.ofSeconds(30))
                        .withEngine(settings),
                JsonMapper.shared(),
                server.fanout(),
                server.addresses());
        sockets.namespace("/", new EchoNamespace());
        sockets.namespace("/custom", new EchoNamespace());
        return server.serve(port, List.of(engine.handlerMapping(List.of("/engine.io")), sockets.handlerMapping()));
    }

    private record Echo(EngineIoSession session) implements SessionListener {

        @Override
        public void text(String data) {
            session.send(WireMessage.of(Frame.text("4" + data)));
        }

        @Override
        public void binary(byte[] data) {
            session.send(WireMessage.of(Frame.binary(data)));
        }

        @Override
        public void closed(CloseReason reason) {}
    }

    private static final class EchoNamespace implements NamespaceHandler {

        @Override
        public Mono<ConnectDecision> connect(Handshake handshake) {
            return Mono.just(ConnectDecision.accept("anybody"));
        }

        @Override
        public Mono<Void> connected(Socket socket) {
            socket.emit("auth", socket.handshake().auth());
            return Mono.empty();
        }

        @Override
        public Mono<Ack> event(Socket socket, String event, List<JsonNode> args) {
            if (event.equals("message")) {
                socket.emit("message-back", args.toArray());
            }
            return Mono.just(new Ack(args));
        }
    }
}
