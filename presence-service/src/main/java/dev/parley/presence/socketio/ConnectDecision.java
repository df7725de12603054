package dev.parley.presence.socketio;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a client that wants to join a namespace. */
public sealed interface ConnectDecision {

    /**
     * The client joins.
     *
     * @param principal to whom the socket belongs; {@link Socket#principal} returns it
     * @param reply fields of the CONNECT reply beside {@code sid}, such as {@code pid}; encoded as JSON
     */
    record Accepted(Object principal, Map<String, ?> reply) implements ConnectDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.accepted(this);
        }
    }

    /**
     * The client is refused, and gets a CONNECT_ERROR.
     *
     * @param message for humans
     * @param data for programs, encoded as JSON; null if there is none
     */
    record Refused(String message, @Nullable Object data) implements ConnectDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.refused(this);
        }
    }

    /**
     * The connection is closed, so that the client reconnects by itself: after a CONNECT_ERROR it would not.
     */
    record Postponed() implements ConnectDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.postponed();
        }
    }

    static ConnectDecision accept(Object principal) {
        return new Accepted(principal, Map.of());
    }

    static ConnectDecision refuse(String message, @Nullable Object data) {
        return new Refused(message, data);
    }

    <R> R accept(Visitor<R> visitor);

    /** One case for each decision. */
    interface Visitor<R> {
        R accepted(Accepted decision);

        R refused(Refused decision);

        R postponed();
    }
}
