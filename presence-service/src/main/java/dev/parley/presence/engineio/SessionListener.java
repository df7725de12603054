package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;

/**
 * What one session tells. All calls for one session come one after another, from its own event loop, and must not
 * block.
 */
public interface SessionListener {

    void text(String data);

    void binary(byte[] data);

    /** The last call: nothing can be sent any more. */
    void closed(CloseReason reason);

    /** Gives each new session its listener, before anything is received. */
    @FunctionalInterface
    interface Factory {
        SessionListener opened(EngineIoSession session);
    }
}
