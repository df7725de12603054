package dev.parley.presence.session;

import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.ResyncReason;
import java.util.Map;

/** Whether a client that connects is sent what it missed. */
sealed interface SessionRecovery {

    /** The id with which the client can reconnect. */
    String privateId();

    /** The client connects for the first time, or does not say that it was connected before. */
    record Fresh(String privateId) implements SessionRecovery {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fresh(this);
        }
    }

    /**
     * The client reconnects and can be sent what it missed.
     *
     * @param from its stream offset
     * @param leftFromSeqs the first visible {@code seq} of the conversations that its user has left since, as far as known
     */
    record Recoverable(String privateId, StreamOffset from, Map<String, Long> leftFromSeqs) implements SessionRecovery {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.recoverable(this);
        }
    }

    /** The client reconnects and must reload. */
    record Unrecoverable(String privateId, ResyncReason reason) implements SessionRecovery {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unrecoverable(this);
        }
    }

    <R> R accept(Visitor<R> visitor);

    /** One case for each kind of client. */
    interface Visitor<R> {
        R fresh(Fresh recovery);

        R recoverable(Recoverable recovery);

        R unrecoverable(Unrecoverable recovery);
    }
}
