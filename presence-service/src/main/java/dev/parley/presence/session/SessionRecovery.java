package dev.parley.presence.session;

import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.ResyncReason;
import java.util.Map;

/** Whether a client that connects is sent what it missed. */
sealed interface SessionRecovery {

    /** The name under which the client may come back. */
    String privateId();

    /** It connects for the first time, or does not say that it was here before. */
    record Fresh(String privateId) implements SessionRecovery {}

    /**
     * It comes back, and can be sent what it missed.
     *
     * @param from where it stands
     * @param leftFromSeqs the first visible {@code seq} of the conversations that its user has left since, as far as known
     */
    record Recoverable(String privateId, StreamOffset from, Map<String, Long> leftFromSeqs)
            implements SessionRecovery {}

    /** It comes back, and must reload. */
    record Unrecoverable(String privateId, ResyncReason reason) implements SessionRecovery {}
}
