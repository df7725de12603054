package dev.parley.bench.socket;

import dev.parley.bench.measure.ChildProcess;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.ConnectDecision;
import dev.parley.presence.socketio.Handshake;
import dev.parley.presence.socketio.NamespaceHandler;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.socketio.SocketIoEvent;
import dev.parley.presence.socketio.SocketIoForm;
import dev.parley.presence.socketio.SocketIoServer;
import dev.parley.presence.socketio.SocketIoSettings;
import dev.parley.presence.transport.AddressLimiter;
import dev.parley.presence.transport.AddressLimits;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.TransportMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.SimpleHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** presence-service's socket server alone. Everybody is in one room, and what one member publishes is sent to all. */
final class RoomServer {

    private RoomServer() {}

    /** Serves until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        TransportMetrics metrics = new TransportMetrics(new SimpleMeterRegistry());
        Fanout fanout = new Fanout(OutboundLimits.defaults(), metrics);
        AddressLimiter addresses = new AddressLimiter(AddressLimits.unlimited(), metrics);
        SocketIoServer sockets =
                new SocketIoServer(SocketIoSettings.defaults(), JsonMapper.shared(), fanout, addresses);
        sockets.namespace("/", new OneRoom(fanout));
        GenericApplicationContext context = new GenericApplicationContext();
        HandlerMapping mapping = sockets.handlerMapping();
        context.registerBean(HandlerMapping.class, () -> mapping);
        context.registerBean(SimpleHandlerAdapter.class);
        context.registerBean("webHandler", DispatcherHandler.class);
        context.refresh();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build()))
                .bindNow();
        System.out.println(ChildProcess.READY + server.port());
        ChildProcess.serveUntilParentEnds();
    }

    private static final class OneRoom implements NamespaceHandler {

        private final Set<Socket> room = ConcurrentHashMap.newKeySet();
        private final Fanout fanout;

        OneRoom(Fanout fanout) {
            this.fanout = fanout;
        }

        @Override
        public Mono<ConnectDecision> connect(Handshake handshake) {
            return Mono.just(ConnectDecision.accept("anybody"));
        }

        @Override
        public Mono<Void> connected(Socket socket) {
            room.add(socket);
            return Mono.empty();
        }

        @Override
        public Mono<Ack> event(Socket socket, String event, List<JsonNode> args) {
            SocketIoForm form = socket.namespace().form();
            SocketIoEvent message = SocketIoEvent.of("message", args.get(0));
            fanout.send(room, wireForm -> form.event(message));
            return Mono.just(Ack.empty());
        }

        @Override
        public void unreachable(Socket socket) {
            room.remove(socket);
        }
    }
}
