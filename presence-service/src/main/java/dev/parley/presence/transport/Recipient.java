package dev.parley.presence.transport;

import org.jspecify.annotations.Nullable;

/** Somebody in a room: one client's connection as one protocol sees it. Compared by identity. */
public interface Recipient {

    /** Unique among the recipients of this server. */
    String id();

    WireForm form();

    /** The WebSocket to write to at once, or null when messages must go through {@link #deliver}. Any thread. */
    @Nullable WebSocketChannel direct();

    /** Takes a message for the client, in the order of the calls. Any thread; never blocks. */
    void deliver(Message message);

    /** What became of all that was handed over, once {@link Fanout#settled}. Any thread. */
    Backlog backlog();

    /** Bytes that wait for it in this server, as far as the loops have come to them. Any thread. */
    default long pendingBytes() {
        return 0;
    }

    /** What is left of what was handed over to a recipient. */
    enum Backlog {
        /** Nothing: the kernel, or the client's poll, took all of it. */
        NONE,
        /** Some of it waits in this server. */
        WAITING,
        /** It is not known: the connection is gone. */
        LOST
    }

    /** Ends the connection. Any thread; a second call has no effect. */
    void close(CloseReason reason);
}
