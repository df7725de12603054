package dev.parley.presence.socketio;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a client that asks to be let into a namespace. */
public sealed interface ConnectDecision {

    /**
     * The client is let in.
     *
     * @param principal whom the socket belongs to; {@link Socket#principal} gives it back
     * @param reply fields of the CONNECT reply beside {@code sid}, such as {@code pid}; written as JSON
     */
    record Accepted(Object principal, Map<String, ?> reply) implements ConnectDecision {}

    /**
     * The client is not let in, and gets a CONNECT_ERROR.
     *
     * @param message for humans
     * @param data for programs, written as JSON; null if there is none
     */
    record Refused(String message, @Nullable Object data) implements ConnectDecision {}

    /** The connection is closed, so that the client comes again by itself: one that gets a CONNECT_ERROR stays away. */
    record Postponed() implements ConnectDecision {}

    static ConnectDecision accept(Object principal) {
        return new Accepted(principal, Map.of());
    }

    static ConnectDecision refuse(String message, @Nullable Object data) {
        return new Refused(message, data);
    }
}
