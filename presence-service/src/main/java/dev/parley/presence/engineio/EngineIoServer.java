package dev.parley.presence.engineio;

import dev.parley.presence.transport.AddressLimiter;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.RandomIds;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Serves Engine.IO on the paths that a WebFlux application maps to it. The application must run on reactor-netty.
 *
 * <p>Sends no CORS headers; an application that needs them configures them on the handler mapping.
 */
public final class EngineIoServer implements WebHandler {

    private static final String VERSION = "4";
    private static final String POLLING = "polling";
    private static final String WEBSOCKET = "websocket";

    private final EngineIoSettings settings;
    private final Fanout fanout;
    private final AddressLimiter addresses;
    private final SessionListener.Factory listeners;
    private final RandomIds ids = new RandomIds();
    private final Map<String, EngineIoSession> sessions = new ConcurrentHashMap<>();
    private final PollingTransport polling;
    private final WebSocketTransport webSocket;
    private volatile boolean draining;

    public EngineIoServer(
            EngineIoSettings settings, Fanout fanout, AddressLimiter addresses, SessionListener.Factory listeners) {
        this.settings = settings;
        this.fanout = fanout;
        this.addresses = addresses;
        this.listeners = listeners;
        this.polling = new PollingTransport(settings);
        this.webSocket = new WebSocketTransport(settings, fanout, listeners);
    }

    /**
     * Maps this server to each of these paths and everything below, before annotated controllers.
     *
     * @param paths such as {@code /socket.io}, without a slash at the end
     */
    public HandlerMapping handlerMapping(List<String> paths) {
        Map<String, WebHandler> handlers = new LinkedHashMap<>();
        paths.forEach(path -> handlers.put(path + "/**", this));
        return new SimpleUrlHandlerMapping(handlers, -1);
    }

    /** How many sessions are open. */
    public int sessions() {
        return sessions.size();
    }

    /** Ends all sessions. */
    public void close(CloseReason reason) {
        sessions.values().forEach(session -> session.close(reason));
    }

    /** Accepts new sessions (again). */
    public void open() {
        draining = false;
    }

    /**
     * Accepts no new sessions, and closes the open ones in good order.
     *
     * @param window how long that takes; zero closes all at once
     * @return completes when every session was told to close
     */
    public Mono<Void> drain(Duration window, CloseReason reason) {
        draining = true;
        return SessionDrain.of(sessions.values(), window, reason);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return Mono.defer(() -> route(exchange))
                .onErrorResume(
                        RequestError.RefusedRequest.class, refused -> HttpResponses.refuse(exchange, refused.error()))
                .onErrorResume(
                        AddressLimiter.TooManyFromAddress.class,
                        refused -> HttpResponses.tooMany(exchange, refused.retryAfter()));
    }

    private Mono<Void> route(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        MultiValueMap<String, String> query = request.getQueryParams();
        String transport = query.getFirst("transport");
        boolean upgrade = WEBSOCKET.equalsIgnoreCase(request.getHeaders().getFirst(HttpHeaders.UPGRADE));
        if (!POLLING.equals(transport) && !WEBSOCKET.equals(transport)) {
            throw RequestError.UNKNOWN_TRANSPORT.asException();
        }
        if (!VERSION.equals(query.getFirst("EIO"))) {
            throw RequestError.UNSUPPORTED_VERSION.asException();
        }
        EngineIoSession session = find(query.getFirst("sid"), request.getMethod());
        if (upgrade != WEBSOCKET.equals(transport)) {
            throw RequestError.BAD_REQUEST.asException();
        }
        if (session == null && draining) {
            return HttpResponses.draining(exchange);
        }
        if (session == null) {
            return open(exchange, upgrade);
        }
        return upgrade ? webSocket.upgrade(exchange, session) : polling.serve(exchange, session);
    }

    private Mono<Void> open(ServerWebExchange exchange, boolean byWebSocket) {
        ClientRequest request =
                ClientRequest.of(exchange.getRequest(), addresses.limits().trustedHops());
        Opening opening = new Opening(request, addresses.enter(request.client()));
        Mono<Void> served = byWebSocket ? webSocket.open(exchange, opening::session) : openByPolling(exchange, opening);
        return served.doFinally(end -> opening.end());
    }

    private @Nullable EngineIoSession find(@Nullable String id, HttpMethod method) {
        if (id == null) {
            if (method != HttpMethod.GET) {
                throw RequestError.BAD_HANDSHAKE_METHOD.asException();
            }
            return null;
        }
        EngineIoSession session = sessions.get(id);
        if (session == null) {
            throw RequestError.UNKNOWN_SESSION.asException();
        }
        return session;
    }

    private Mono<Void> openByPolling(ServerWebExchange exchange, Opening opening) {
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        EventLoop[] loop = new EventLoop[1];
        request.withConnection(connection -> loop[0] = connection.channel().eventLoop());
        EngineIoSession session = opening.session(loop[0]);
        return Mono.<Void>create(sink -> session.inLoop(() -> {
                    session.open(null, listeners);
                    sink.success();
                }))
                .then(Mono.defer(
                        () -> HttpResponses.packets(exchange, List.of(Packets.open(session.id(), true, settings)))));
    }

    /** A request to open a session, which is counted from before there is a session. */
    private final class Opening {

        private final ClientRequest request;
        private final AddressLimiter.Place place;
        private volatile boolean opened;

        Opening(ClientRequest request, AddressLimiter.Place place) {
            this.request = request;
            this.place = place;
        }

        EngineIoSession session(EventLoop loop) {
            opened = true;
            EngineIoSession session = new EngineIoSession(
                    NodeTag.prefixFor(request.headers()) + ids.next(),
                    loop,
                    settings,
                    request,
                    place,
                    fanout,
                    removed -> sessions.remove(removed.id(), removed));
            sessions.put(session.id(), session);
            return session;
        }

        /** From here on the session, if there is one, gives its place up itself. */
        void end() {
            if (!opened) {
                place.leave();
            }
        }
    }
}
