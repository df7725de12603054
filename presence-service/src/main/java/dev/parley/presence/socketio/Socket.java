package dev.parley.presence.socketio;

import dev.parley.presence.transport.ClientEndpoint;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.ReplayBarrier;
import dev.parley.presence.transport.WireForm;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * One client in one namespace. Safe for any thread; the client receives messages in the order of the calls.
 *
 * <p>After the client is gone no method has an effect.
 */
public final class Socket extends ClientEndpoint {

    private final Namespace namespace;
    private final Handshake handshake;
    private final Connection connection;
    private final PendingAcks acks;
    private volatile @Nullable Object principal;

    Socket(
            String id,
            Namespace namespace,
            Handshake handshake,
            Connection connection,
            ReplayBarrier barrier,
            PendingAcks acks) {
        super(id, barrier);
        this.namespace = namespace;
        this.handshake = handshake;
        this.connection = connection;
        this.acks = acks;
    }

    public Namespace namespace() {
        return namespace;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** To whom the socket belongs, as given in {@link ConnectDecision.Accepted}. */
    public <T> T principal(Class<T> type) {
        return type.cast(Objects.requireNonNull(principal, "The client was not let in"));
    }

    public void emit(String event, Object... args) {
        emit(SocketIoEvent.of(event, args));
    }

    public void emit(SocketIoEvent event) {
        deliver(namespace.form().event(event));
    }

    /**
     * Sends an event and returns the arguments of the client's acknowledgement. Fails with a {@code TimeoutException} if
     * none arrives in time, and with an {@code IllegalStateException} if the client is gone or too many events await an
     * acknowledgement.
     */
    public Mono<List<JsonNode>> emitWithAck(Duration timeout, String event, Object... args) {
        return acks.request(id -> deliver(namespace.form().event(SocketIoEvent.of(event, args), id)))
                .timeout(timeout);
    }

    /**
     * Removes the client from this namespace; its connection stays open. Nothing sent after the call reaches the client.
     */
    public void disconnect() {
        unreachable();
        connection.inLoop(() -> connection.expel(this));
    }

    /**
     * Closes the whole connection. Nothing sent after the call reaches the client. If the reason is {@link
     * CloseReason#isOrderly orderly}, and not a shutdown, the client is told not to reconnect.
     */
    @Override
    public void close(CloseReason reason) {
        unreachable();
        connection.inLoop(() -> connection.close(reason));
    }

    @Override
    public WireForm form() {
        return namespace.form();
    }

    void opened(Object belongsTo) {
        principal = belongsTo;
        open();
    }

    void closed() {
        unreachable();
        acks.close();
    }

    /** At once, not only when the session's loop runs: a message that is sent next must not reach the client. */
    private void unreachable() {
        shut();
        if (principal != null) {
            namespace.handler().unreachable(this);
        }
    }

    void answered(long id, List<JsonNode> args) {
        acks.answer(id, args);
    }

    @Override
    public String toString() {
        return "Socket[" + namespace.name() + " " + id() + "]";
    }
}
