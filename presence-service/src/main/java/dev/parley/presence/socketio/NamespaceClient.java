package dev.parley.presence.socketio;

import dev.parley.presence.engineio.EngineIoSession;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.ReplayBarrier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/** One client's place in one namespace, from its request to be let in until it is gone. Of the session's loop alone. */
final class NamespaceClient implements EventQueue.Worker {

    private static final Logger log = LoggerFactory.getLogger(NamespaceClient.class);

    /** Not a refusal: a client that is refused stays away for good, though nothing is wrong with it. */
    private static final ConnectDecision UNDECIDED = new ConnectDecision.Postponed();

    private final Connection connection;
    private final EngineIoSession session;
    private final SocketIoServer server;
    private final Namespace namespace;
    private final Socket socket;
    private final EventQueue events;
    private @Nullable Disposable opening;
    private boolean accepted;
    private boolean ended;

    NamespaceClient(
            Connection connection,
            EngineIoSession session,
            SocketIoServer server,
            Namespace namespace,
            Handshake handshake) {
        this.connection = connection;
        this.session = session;
        this.server = server;
        this.namespace = namespace;
        SocketIoSettings settings = server.settings();
        ReplayBarrier barrier = new ReplayBarrier(
                session.outbound(), server.fanout().limits(), () -> connection.endLater(CloseReason.SLOW_READER));
        this.socket = new Socket(
                server.ids().next(),
                namespace,
                handshake,
                connection,
                barrier,
                new PendingAcks(settings.maxPendingAcks()));
        this.events = new EventQueue(session.loop(), server.settings(), this, session::pause, session::resume);
    }

    Socket socket() {
        return socket;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Asks the namespace whether the client may come in. */
    void request() {
        opening = Mono.defer(() -> namespace.handler().connect(socket.handshake()))
                .timeout(server.settings().connectTimeout())
                .onErrorResume(error -> {
                    log.warn("{} could not decide about a client", namespace.name(), error);
                    return Mono.just(UNDECIDED);
                })
                .defaultIfEmpty(UNDECIDED)
                .subscribe(answer -> connection.inLoop(() -> answered(answer)));
    }

    void received(Packet packet) {
        Long id = packet.id();
        if (packet.type() == Packet.Type.EVENT) {
            events.add(packet);
        } else if (id != null) {
            socket.answered(id, packet.args());
        }
    }

    /** The client leaves the namespace, or is gone altogether. */
    void end(CloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        socket.closed();
        if (opening != null) {
            opening.dispose();
        }
        if (!reason.isByClient()) {
            events.clear();
        }
        if (accepted) {
            events.finish(() -> disconnected(reason));
        }
    }

    /** What the namespace makes of it must not reach the loop, which has others to serve. */
    private void disconnected(CloseReason reason) {
        try {
            namespace.handler().disconnected(socket, reason);
        } catch (RuntimeException failure) {
            log.warn("{} could not say goodbye to a client", namespace.name(), failure);
        }
    }

    private void answered(ConnectDecision answer) {
        if (ended) {
            return;
        }
        if (answer instanceof ConnectDecision.Refused refused) {
            session.send(namespace.form().refused(refused));
            connection.refused(this);
        } else if (answer instanceof ConnectDecision.Accepted welcome) {
            accept(welcome);
        } else if (answer instanceof ConnectDecision.Postponed) {
            connection.close(CloseReason.TRY_LATER);
        }
    }

    private void accept(ConnectDecision.Accepted welcome) {
        accepted = true;
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("sid", socket.id());
        reply.putAll(welcome.reply());
        // The reply goes out before the socket can be reached by anybody.
        session.send(namespace.form().connected(reply));
        socket.opened(welcome.principal());
        opening = Mono.defer(() -> namespace.handler().connected(socket))
                .subscribe(
                        nothing -> {},
                        error -> {
                            log.warn("{} could not welcome a client", namespace.name(), error);
                            connection.endLater(CloseReason.SERVER_ERROR);
                        },
                        () -> connection.inLoop(events::start));
    }

    @Override
    public Mono<Ack> handle(Packet event) {
        return namespace.handler().event(socket, event.event(), event.args());
    }

    @Override
    public void done(Packet event, Ack ack) {
        try {
            answer(event, ack);
        } catch (JacksonException unwritable) {
            failed(event, unwritable);
        }
    }

    @Override
    public void failed(Packet event, Throwable error) {
        server.fanout().metrics().eventFailed();
        log.warn("{} could not handle {}", namespace.name(), event.event(), error);
        answer(event, namespace.handler().failed(socket, event.event(), error));
    }

    private void answer(Packet event, Ack ack) {
        Long id = event.id();
        if (id != null && !ended) {
            socket.deliver(namespace.form().ack(id, ack));
        }
    }
}
