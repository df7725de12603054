package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;

/**
 * Receives the packets of one session. All calls for a session come one after another from its event loop, and must not
 * block.
 */
public interface SessionListener {

    void text(String data);

    void binary(byte[] data);

    /** The last call: nothing can be sent any more. */
    void closed(CloseReason reason);

    /** Creates the listener of each new session, before anything is received. */
    @FunctionalInterface
    interface Factory {
        SessionListener opened(EngineIoSession session);
    }
}
