package dev.parley.presence.socketio;

import dev.parley.presence.transport.CloseReason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The behaviour of a namespace. Called on event loops, so nothing here may block; slow work belongs in the returned {@link
 * Mono}.
 */
public interface NamespaceHandler {

    /**
     * Decides whether a client may join. Events that it sends meanwhile wait. If the result is an error, is empty, or takes
     * longer than {@code connectTimeout}, the connection is closed and the client reconnects by itself.
     */
    Mono<ConnectDecision> connect(Handshake handshake);

    /**
     * The client joined and was told so. Its events wait until this completes, within their time; an error closes the
     * connection. To replay what it missed, see {@link Socket#hold}.
     */
    default Mono<Void> connected(Socket socket) {
        return Mono.empty();
    }

    /**
     * Called when an event has arrived, before it waits for others. Returns the acknowledgement of an event that is refused
     * at once; null for one that is to be handled.
     */
    default @Nullable Ack refuse(Socket socket, String event) {
        return null;
    }

    /**
     * Says which events of a socket wait for each other: those with the same key are handled one after another in the order
     * sent. An event without a key waits for none.
     */
    default @Nullable Object orderKey(String event, List<JsonNode> args) {
        return "";
    }

    /**
     * Handles an event of a client. The next event with the same {@link #orderKey} waits until this completes. The result
     * acknowledges the event if the client asked for that; an empty result acknowledges without arguments.
     */
    Mono<Ack> event(Socket socket, String event, List<JsonNode> args);

    /** The same for an event with binary attachments, which stand in its arguments as binary nodes. */
    default Mono<Ack> eventWithAttachments(Socket socket, String event, List<JsonNode> args) {
        return event(socket, event, args);
    }

    /**
     * {@link #event} failed, or did not end within {@code eventTimeout} after the event had arrived ({@link
     * java.util.concurrent.TimeoutException}): returns the acknowledgement of the failure.
     */
    default Ack failed(Socket socket, String event, Throwable error) {
        return Ack.empty();
    }

    /** An event was not handled, because too many others wait or took too long: returns the acknowledgement. */
    default Ack overloaded(Socket socket) {
        return Ack.empty();
    }

    /**
     * The client can no longer be sent anything: remove it from all rooms. Called from any thread, at least once and before
     * {@link #disconnected}; must not block or fail.
     */
    default void unreachable(Socket socket) {}

    /**
     * The client is gone. Called once for each socket for which {@link #connected} was called. If the client left by
     * itself, the events that it had sent are handled first.
     */
    default void disconnected(Socket socket, CloseReason reason) {}
}
