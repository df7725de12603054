package dev.parley.presence.transport;

import org.jspecify.annotations.Nullable;

/** Receives messages: one client's connection, as one protocol sees it. Compared by identity. */
public interface Recipient {

    /** Unique among the recipients of this server. */
    String id();

    WireForm form();

    /** The WebSocket to write to directly; null when messages must go through {@link #deliver}. Any thread. */
    @Nullable WebSocketChannel webSocket();

    /** Sends a message to the client, in the order of the calls. Any thread; never blocks. */
    void deliver(WireMessage message);

    /** What happened to all messages handed over so far; exact after {@link Fanout#whenWritten}. Any thread. */
    Backlog backlog();

    /** The bytes that wait in this server, as far as the event loops have processed them. Any thread. */
    default long pendingBytes() {
        return 0;
    }

    /** Whether messages that were handed to a recipient have left this server. */
    enum Backlog {
        /** All have: the kernel, or the client's poll, took them. */
        NONE,
        /** Some wait in this server. */
        WAITING,
        /** Unknown: the connection is gone. */
        LOST
    }

    /** Closes the connection. Any thread; a second call has no effect. */
    void close(CloseReason reason);
}
