package dev.parley.presence.transport;

import org.jspecify.annotations.Nullable;

/** Somebody in a room: one client's connection as one protocol sees it. Compared by identity. */
public interface Recipient {

    /** Unique among the recipients of this server. */
    String id();

    WireForm form();

    /** The WebSocket to write to at once, or null when messages must go through {@link #deliver}. Any thread. */
    @Nullable WebSocketCarrier direct();

    /** Takes a message for the client, in the order of the calls. Any thread; never blocks. */
    void deliver(Message message);

    /** Ends the connection. Any thread; a second call has no effect. */
    void close(CloseReason reason);
}
