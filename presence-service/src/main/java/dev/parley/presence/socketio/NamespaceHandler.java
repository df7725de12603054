package dev.parley.presence.socketio;

import dev.parley.presence.transport.CloseReason;
import java.util.List;
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
     * The client joined and was told so. Its events wait until this completes, however long it takes; an error closes the
     * connection. To replay what it missed, see {@link Socket#hold}.
     */
    default Mono<Void> connected(Socket socket) {
        return Mono.empty();
    }

    /**
     * Handles an event of a client. Events of one socket are handled one after another in the order sent: the next one
     * waits until this completes. The result acknowledges the event if the client asked for that; an empty result
     * acknowledges without arguments.
     */
    Mono<Ack> event(Socket socket, String event, List<JsonNode> args);

    /** The same for an event with binary attachments, which stand in its arguments as binary nodes. */
    default Mono<Ack> eventWithAttachments(Socket socket, String event, List<JsonNode> args) {
        return event(socket, event, args);
    }

    /** {@link #event} failed, or took longer than {@code eventTimeout}: returns the acknowledgement of the failure. */
    default Ack failed(Socket socket, String event, Throwable error) {
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
