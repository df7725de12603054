package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.engineio.RawPolling;
import dev.parley.presence.transport.AddressLimits;
import dev.parley.presence.transport.Audience;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.LiveServer;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.RawSocket;
import dev.parley.presence.transport.Rooms;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Socket.IO server with the namespace {@code /chat}, whose behaviour and sockets the test holds in its hands. */
final class Namespaces implements AutoCloseable {

    private final LiveServer server;
    private final SocketIoServer sockets;
    private final Namespace chat;
    private final Rooms<String, Socket> rooms = new Rooms<>();
    private final BlockingQueue<Socket> connected = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> disconnected = new LinkedBlockingQueue<>();

    volatile Function<Handshake, Mono<ConnectDecision>> onConnect =
            handshake -> Mono.just(ConnectDecision.accept("anna"));
    volatile Function<Socket, Mono<Void>> onConnected = socket -> Mono.empty();
    volatile Function<List<JsonNode>, @Nullable Object> orderKey = args -> "";
    volatile Predicate<String> isRefused = event -> false;
    volatile BiFunction<String, List<JsonNode>, Mono<Ack>> onEvent = (event, args) -> Mono.just(new Ack(args));

    Namespaces(SocketIoSettings settings) {
        this(settings, OutboundLimits.defaults());
    }

    Namespaces(SocketIoSettings settings, OutboundLimits limits) {
        this(settings, limits, AddressLimits.unlimited());
    }

    Namespaces(SocketIoSettings settings, OutboundLimits limits, AddressLimits addressLimits) {
        server = new LiveServer(2, limits, addressLimits);
        sockets = new SocketIoServer(settings, JsonMapper.shared(), server.fanout(), server.addresses());
        chat = sockets.namespace("/chat", new Handler());
        sockets.namespace("/other", new Handler());
        server.serve(0, List.of(sockets.handlerMapping()));
    }

    static Namespaces withDefaults() {
        return new Namespaces(SocketIoSettings.defaults());
    }

    LiveServer server() {
        return server;
    }

    SocketIoServer sockets() {
        return sockets;
    }

    Namespace chat() {
        return chat;
    }

    /** The rooms of the sockets in the namespace. */
    Rooms<String, Socket> rooms() {
        return rooms;
    }

    Audience<String, Socket> all() {
        return Audience.all(rooms);
    }

    Audience<String, Socket> to(String... some) {
        return Audience.of(rooms, List.of(some));
    }

    /** Sends to each once. Returns to how many sockets it was handed. */
    int emit(Audience<String, Socket> audience, String event, Object... args) {
        return emit(audience, SocketIoEvent.of(event, args));
    }

    int emit(Audience<String, Socket> audience, SocketIoEvent event) {
        return server.fanout()
                .send(
                        audience.recipients(),
                        form -> form == chat.form() ? chat.form().event(event) : null);
    }

    /** A client that has opened a connection and asked for nothing yet. */
    RawSocket open() {
        return openFrom("127.0.0.1");
    }

    /** The same from another address, as a gateway in front tells it. */
    RawSocket openFrom(String address) {
        RawSocket socket =
                RawSocket.open(server.webSocket("/socket.io/?EIO=4&transport=websocket"), "X-Forwarded-For", address);
        assertThat((String) socket.next()).startsWith("0{");
        return socket;
    }

    /** A client that is in the namespace. */
    RawSocket join() {
        RawSocket socket = open();
        assertThat((String) socket.send("40/chat,").next()).startsWith("40/chat,{");
        return socket;
    }

    /** A client that is in the namespace by polling. */
    RawPolling joinByPolling() {
        RawPolling poller = RawPolling.open(server.http("/socket.io/"));
        poller.post("40/chat,");
        assertThat(poller.poll().body()).startsWith("40/chat,{");
        return poller;
    }

    /** The next socket that connected. */
    Socket socket() {
        return take(connected);
    }

    /** The next event that was handled, as its name and arguments. */
    String event() {
        return take(events);
    }

    CloseReason disconnectReason() {
        return take(disconnected);
    }

    boolean hasNoEvents() {
        return events.isEmpty();
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            T taken = queue.poll(30, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("Nothing within ten seconds");
            }
            return taken;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Handler implements NamespaceHandler {

        @Override
        public Mono<ConnectDecision> connect(Handshake handshake) {
            return onConnect.apply(handshake);
        }

        @Override
        public Mono<Void> connected(Socket socket) {
            rooms.register(socket);
            connected.add(socket);
            return onConnected.apply(socket);
        }

        @Override
        public @Nullable Ack refuse(Socket socket, String event) {
            return isRefused.test(event) ? Ack.of("refused") : null;
        }

        @Override
        public @Nullable Object orderKey(String event, List<JsonNode> args) {
            return orderKey.apply(args);
        }

        @Override
        public Ack overloaded(Socket socket) {
            return Ack.of("overloaded");
        }

        @Override
        public Mono<Ack> event(Socket socket, String event, List<JsonNode> args) {
            events.add(event + args);
            return onEvent.apply(event, args);
        }

        @Override
        public Ack failed(Socket socket, String event, Throwable error) {
            return Ack.of("failed");
        }

        @Override
        public void unreachable(Socket socket) {
            rooms.unregister(socket);
        }

        @Override
        public void disconnected(Socket socket, CloseReason reason) {
            disconnected.add(reason);
        }
    }
}
