package dev.parley.presence.socketio;

import dev.parley.presence.transport.CloseReason;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * What a namespace does. Called on event loops: nothing here may block; what takes time is done in the returned
 * {@link Mono}.
 */
public interface NamespaceHandler {

    /**
     * Decides whether a client is let in. Events that it sends meanwhile wait. With an error, an empty result, and one that
     * takes longer than {@code connectTimeout} the connection is closed: the client comes again by itself.
     */
    Mono<ConnectDecision> connect(Handshake handshake);

    /**
     * The client was let in, and told so. Its events wait until this completes, however long it takes; an error ends the
     * connection. To replay what it missed, see {@link Socket#hold}.
     */
    default Mono<Void> connected(Socket socket) {
        return Mono.empty();
    }

    /**
     * A client's event. Events of one socket come one after another, in the order sent: the next one waits until this
     * completes. The result answers the client if it asked for an answer; an empty one does so without arguments.
     */
    Mono<Ack> event(Socket socket, String event, List<JsonNode> args);

    /** {@link #event} failed, or took longer than {@code eventTimeout}: what the client is answered. */
    default Ack failed(Socket socket, String event, Throwable error) {
        return Ack.empty();
    }

    /**
     * Nothing that is sent from now on reaches the client: take it out of all rooms. Called from any thread, at least once and
     * before {@link #disconnected}; must not block or fail.
     */
    default void unreachable(Socket socket) {}

    /**
     * The client is gone; called once for each socket that {@link #connected} was called for. If the client left by
     * itself, the events that it had sent come first.
     */
    default void disconnected(Socket socket, CloseReason reason) {}
}
