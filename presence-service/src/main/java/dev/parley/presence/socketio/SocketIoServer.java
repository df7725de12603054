package dev.parley.presence.socketio;

import dev.parley.presence.engineio.EngineIoServer;
import dev.parley.presence.transport.AddressLimiter;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.ConnectionServer;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.RandomIds;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.HandlerMapping;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A Socket.IO server on the port of a WebFlux application that runs on reactor-netty. */
public final class SocketIoServer implements ConnectionServer {

    private final SocketIoSettings settings;
    private final JsonMapper mapper;
    private final Fanout fanout;
    private final EngineIoServer engine;
    private final PacketParser parser;
    private final RandomIds ids = new RandomIds();
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final Map<String, SocketIoForm> forms = new ConcurrentHashMap<>();

    /**
     * @param mapper writes and reads the arguments of events
     * @param fanout may be shared with servers of other protocols
     * @param addresses may be shared with them too
     */
    public SocketIoServer(SocketIoSettings settings, JsonMapper mapper, Fanout fanout, AddressLimiter addresses) {
        this.settings = settings;
        this.mapper = mapper;
        this.fanout = fanout;
        this.parser = new PacketParser(mapper, settings.packets(), settings.maxAttachments());
        this.engine = new EngineIoServer(
                settings.engine(), fanout, addresses, session -> new Connection(session, this).awaitNamespace());
    }

    /** Serves a namespace, whose name begins with a slash. */
    public Namespace namespace(String name, NamespaceHandler handler) {
        Namespace namespace = new Namespace(name, handler, form(name));
        if (!name.startsWith("/") || namespaces.putIfAbsent(name, namespace) != null) {
            throw new IllegalArgumentException("A namespace begins with a slash and is served once: " + name);
        }
        return namespace;
    }

    /** The form in which the clients of a namespace read events; the same object each time. */
    public SocketIoForm form(String namespace) {
        return forms.computeIfAbsent(namespace, name -> new SocketIoForm(mapper, name));
    }

    /** Maps the configured paths to this server. */
    public HandlerMapping handlerMapping() {
        return engine.handlerMapping(settings.paths());
    }

    /** How many connections are open. */
    public int connections() {
        return engine.sessions();
    }

    /** Ends all connections. */
    public void close(CloseReason reason) {
        engine.close(reason);
    }

    @Override
    public void open() {
        engine.open();
    }

    @Override
    public Mono<Void> drain(Duration window, CloseReason reason) {
        return engine.drain(window, reason);
    }

    SocketIoSettings settings() {
        return settings;
    }

    JsonMapper mapper() {
        return mapper;
    }

    Fanout fanout() {
        return fanout;
    }

    PacketParser parser() {
        return parser;
    }

    RandomIds ids() {
        return ids;
    }

    @Nullable Namespace find(String name) {
        return namespaces.get(name);
    }
}
