package dev.parley.presence.socketio;

import dev.parley.presence.engineio.EngineIoSession;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.ReplayBarrier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/** One client in one namespace, from its request to join until it has left. Only used in the session's event loop. */
final class NamespaceClient implements EventQueue.Worker {

    private static final Logger log = LoggerFactory.getLogger(NamespaceClient.class);

    /** Not a refusal: a client that is refused does not come back by itself, although it did nothing wrong. */
    private static final ConnectDecision NO_DECISION = new ConnectDecision.Postponed();

    /** What an early packet takes beside its payload, about. */
    private static final int EARLY_PACKET_BYTES = 100;

    private final Connection connection;
    private final EngineIoSession session;
    private final SocketIoServer server;
    private final Namespace namespace;
    private final Socket socket;
    private final EventQueue events;

    /** What the client sent before it was admitted. Not parsed, because nobody knows yet whether it will be. */
    private final List<RawPacket> early = new ArrayList<>();

    private int earlyBytes;
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
        this.events = new EventQueue(session.loop(), server.settings(), this);
    }

    Socket socket() {
        return socket;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Asks the namespace whether the client may join. */
    void request() {
        opening = Mono.defer(() -> namespace.handler().connect(socket.handshake()))
                .timeout(server.settings().connectTimeout())
                .onErrorResume(error -> {
                    log.warn(
                            "{} could not decide whether a client may join, it must try again",
                            namespace.name(),
                            error);
                    return Mono.just(NO_DECISION);
                })
                .defaultIfEmpty(NO_DECISION)
                .subscribe(decision -> connection.inLoop(() -> decided(decision)));
    }

    void received(RawPacket packet) {
        if (accepted) {
            take(packet);
            return;
        }
        earlyBytes += EARLY_PACKET_BYTES + packet.size();
        if (earlyBytes > server.settings().packets().maxUnadmittedBytes()) {
            throw new MalformedPacket("too much before the admission");
        }
        early.add(packet);
    }

    private void take(RawPacket raw) {
        if (raw.type() == Packet.Type.EVENT && events.isFull()) {
            // Not even parsed.
            overloaded(raw.id());
            return;
        }
        Packet packet = server.parser().parse(raw);
        Long id = packet.id();
        if (packet.type() == Packet.Type.EVENT) {
            take(packet);
        } else if (id != null) {
            socket.answered(id, packet.args());
        }
    }

    private void take(Packet event) {
        Ack refusal;
        Object key;
        try {
            refusal = namespace.handler().refuse(socket, event.event());
            key = namespace.handler().orderKey(event.event(), event.args());
        } catch (RuntimeException failure) {
            failed(event, failure);
            return;
        }
        if (refusal != null) {
            answer(event.id(), refusal);
        } else {
            events.add(event, key);
        }
    }

    /** The client leaves the namespace, or is gone. */
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

    /** A failure of the handler must not reach the event loop, which has other clients to serve. */
    private void disconnected(CloseReason reason) {
        try {
            namespace.handler().disconnected(socket, reason);
        } catch (RuntimeException failure) {
            log.warn("{} could not clean up after a client that left", namespace.name(), failure);
        }
    }

    private void decided(ConnectDecision decision) {
        if (ended) {
            return;
        }
        decision.accept(new ConnectDecision.Visitor<Runnable>() {
                    @Override
                    public Runnable accepted(ConnectDecision.Accepted accepted) {
                        return () -> accept(accepted);
                    }

                    @Override
                    public Runnable refused(ConnectDecision.Refused refused) {
                        return () -> refuse(refused);
                    }

                    @Override
                    public Runnable postponed() {
                        return () -> connection.close(CloseReason.TRY_LATER);
                    }
                })
                .run();
    }

    private void refuse(ConnectDecision.Refused refused) {
        session.send(namespace.form().refused(refused));
        connection.refused(this);
    }

    private void accept(ConnectDecision.Accepted decision) {
        accepted = true;
        connection.accepted();
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("sid", socket.id());
        reply.putAll(decision.reply());
        // The reply is sent before anybody can send to the socket.
        session.send(namespace.form().connected(reply));
        socket.opened(decision.principal());
        opening = Mono.defer(() -> namespace.handler().connected(socket))
                .subscribe(
                        nothing -> {},
                        error -> {
                            log.warn("{} could not start a client, its connection is closed", namespace.name(), error);
                            connection.endLater(CloseReason.SERVER_ERROR);
                        },
                        () -> connection.inLoop(events::start));
        takeEarly();
    }

    private void takeEarly() {
        try {
            early.forEach(this::take);
        } catch (MalformedPacket malformed) {
            connection.endLater(CloseReason.PROTOCOL_ERROR);
        }
        early.clear();
    }

    @Override
    public Mono<Ack> handle(Packet event) {
        return event.binary()
                ? namespace.handler().eventWithAttachments(socket, event.event(), event.args())
                : namespace.handler().event(socket, event.event(), event.args());
    }

    @Override
    public void done(Packet event, Ack ack) {
        try {
            answer(event.id(), ack);
        } catch (JacksonException unwritable) {
            failed(event, unwritable);
        }
    }

    @Override
    public void failed(Packet event, Throwable error) {
        server.fanout().metrics().eventFailed();
        log.warn("{} could not handle the event {}", namespace.name(), event.event(), error);
        answer(event.id(), namespace.handler().failed(socket, event.event(), error));
    }

    @Override
    public void overdue(Packet event) {
        overloaded(event.id());
    }

    private void overloaded(@Nullable Long id) {
        server.fanout().metrics().eventOverdue();
        answer(id, namespace.handler().overloaded(socket));
    }

    private void answer(@Nullable Long id, Ack ack) {
        if (id != null && !ended) {
            socket.deliver(namespace.form().ack(id, ack));
        }
    }
}
