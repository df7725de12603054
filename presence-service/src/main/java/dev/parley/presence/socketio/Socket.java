package dev.parley.presence.socketio;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Gate;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.WebSocketCarrier;
import dev.parley.presence.transport.WireForm;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * One client in one namespace. Safe for any thread; the client sees what is sent in the order of the calls.
 *
 * <p>After the client is gone, all methods are without effect.
 */
public final class Socket implements Recipient {

    private final String id;
    private final Namespace namespace;
    private final Handshake handshake;
    private final Connection connection;
    private final Gate gate;
    private final PendingAcks acks;
    private volatile @Nullable Object principal;
    private volatile boolean open;

    Socket(String id, Namespace namespace, Handshake handshake, Connection connection, Gate gate, PendingAcks acks) {
        this.id = id;
        this.namespace = namespace;
        this.handshake = handshake;
        this.connection = connection;
        this.gate = gate;
        this.acks = acks;
    }

    @Override
    public String id() {
        return id;
    }

    public Namespace namespace() {
        return namespace;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** Whom the socket belongs to, as {@link Connect.Accepted} said. */
    public <T> T principal(Class<T> type) {
        return type.cast(Objects.requireNonNull(principal, "The client was not let in"));
    }

    public void emit(String event, Object... args) {
        emit(Event.of(event, args));
    }

    public void emit(Event event) {
        deliver(namespace.form().event(event));
    }

    /**
     * Asks the client something and gives the arguments of its answer. Fails with a {@code TimeoutException} where
     * none comes in time, and with an {@code IllegalStateException} where the client goes away or leaves too much
     * unanswered.
     */
    public Mono<List<JsonNode>> ask(Duration timeout, String event, Object... args) {
        return acks.ask(id -> deliver(namespace.form().event(Event.of(event, args), id)))
                .timeout(timeout);
    }

    public void join(String room) {
        namespace.rooms().join(this, room);
    }

    public void leave(String room) {
        namespace.rooms().leave(this, room);
    }

    public Set<String> joined() {
        return namespace.rooms().of(this);
    }

    /**
     * From now on holds back what is sent to this socket, so that something older can be {@link #replay replayed}
     * first; {@link #release} ends it. Droppable events are left out meanwhile.
     */
    public void hold() {
        gate.close();
    }

    /** Sends at once, past what is held back. */
    public void replay(Event event) {
        replay(namespace.form().event(event));
    }

    /** Sends at once, past what is held back, what is in this client's form. */
    public void replay(Message message) {
        if (open) {
            gate.bypass(message);
        }
    }

    /** Sends what was held back, and holds back no more. */
    public void release() {
        gate.open();
    }

    /** Makes the client leave this namespace; its connection stays. Nothing sent after the call reaches it. */
    public void disconnect() {
        unreachable();
        connection.inLoop(() -> connection.expel(this));
    }

    /**
     * Ends the whole connection. Nothing sent after the call reaches the client. Where the reason is
     * {@link CloseReason#isOrderly orderly}, and not a shutdown, it is told not to come back.
     */
    @Override
    public void close(CloseReason reason) {
        unreachable();
        connection.inLoop(() -> connection.close(reason));
    }

    @Override
    public @Nullable Object owner() {
        return principal;
    }

    @Override
    public Backlog backlog() {
        if (!open) {
            return Backlog.LOST;
        }
        return gate.isDrained() ? Backlog.NONE : Backlog.WAITING;
    }

    /** Bytes that were sent or replayed, and that the client did not take yet. */
    public long pendingToReplay() {
        return open ? gate.pendingBehind() : 0;
    }

    @Override
    public long pendingBytes() {
        return open ? gate.pendingBytes() : 0;
    }

    @Override
    public WireForm form() {
        return namespace.form();
    }

    @Override
    public @Nullable WebSocketCarrier direct() {
        return open ? gate.direct() : null;
    }

    @Override
    public void deliver(Message message) {
        if (open) {
            gate.deliver(message);
        }
    }

    void opened(Object belongsTo) {
        principal = belongsTo;
        open = true;
    }

    void closed() {
        unreachable();
        acks.close();
    }

    /** From now on, not only when the session's loop comes to it: whoever sends next must not reach the client. */
    private void unreachable() {
        open = false;
        namespace.rooms().exit(this);
    }

    void answered(long id, List<JsonNode> args) {
        acks.answer(id, args);
    }

    @Override
    public String toString() {
        return "Socket[" + namespace.name() + " " + id + "]";
    }
}
