package dev.parley.presence.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to one client. They wait here, within the limits, until a poll reads them. Once the client has a
 * WebSocket they go there, after all that waited. Safe for any thread; messages keep the order of the calls.
 */
public final class OutboundQueue {

    /** Waits for messages, once. */
    public interface Reader {
        /** Receives all waiting frames, at least one. Called from any thread; must not block. */
        void read(List<Frame> frames);
    }

    private final long maxPending;
    private final long dropAbove;
    private final TransportMetrics metrics;
    private final Runnable onOverflow;
    private volatile @Nullable WebSocketChannel webSocket;

    // Guarded by this.
    private final Queue<WireMessage> pending = new ArrayDeque<>();
    private long pendingBytes;
    private @Nullable Reader reader;
    private boolean closed;

    OutboundQueue(OutboundLimits limits, TransportMetrics metrics, Runnable onOverflow) {
        this.maxPending = limits.maxPending().toBytes();
        this.dropAbove = limits.dropAbove().toBytes();
        this.metrics = metrics;
        this.onOverflow = onOverflow;
    }

    /** The WebSocket that messages go to; null as long as polls read them. */
    public @Nullable WebSocketChannel webSocket() {
        return webSocket;
    }

    public void send(WireMessage message) {
        WebSocketChannel target = webSocket;
        if (target != null) {
            target.send(message);
        } else {
            sendBuffered(message);
        }
    }

    private void sendBuffered(WireMessage message) {
        Reader ready = null;
        List<Frame> frames = List.of();
        WebSocketChannel target;
        synchronized (this) {
            target = webSocket;
            if (target == null) {
                if (closed || isDropped(message) || (add(message) && reader == null)) {
                    return;
                }
                if (!closed) {
                    ready = reader;
                    reader = null;
                    frames = drain();
                }
            }
        }
        // Outside the lock, because the called code may send messages itself.
        if (target != null) {
            target.send(message);
        } else if (ready != null) {
            ready.read(frames);
        } else {
            onOverflow.run();
        }
    }

    /**
     * Hands waiting messages to the reader at once, or else keeps the reader until there are some.
     *
     * @return false if another reader is waiting: this one is then ignored
     */
    public boolean read(Reader newReader) {
        List<Frame> frames;
        synchronized (this) {
            if (reader != null) {
                return false;
            }
            if (pending.isEmpty()) {
                reader = newReader;
                return true;
            }
            frames = drain();
        }
        newReader.read(frames);
        return true;
    }

    /** Removes the waiting reader. Returns it, or null if there is none. */
    public synchronized @Nullable Reader removeReader() {
        Reader removed = reader;
        reader = null;
        return removed;
    }

    /** Removes this reader. Returns whether it was still waiting. */
    public synchronized boolean removeReader(Reader expected) {
        if (reader != expected) {
            return false;
        }
        reader = null;
        return true;
    }

    /** Sends all messages to this WebSocket from now on, beginning with those that wait. No reader may be waiting. */
    public synchronized void switchTo(WebSocketChannel target) {
        for (WireMessage message : pending) {
            target.send(message);
        }
        pending.clear();
        pendingBytes = 0;
        // Set last: a thread that sees it sends after the messages that waited.
        webSocket = target;
    }

    /** Whether no message waits here or in the WebSocket. */
    boolean isDrained() {
        WebSocketChannel target = webSocket;
        if (target != null) {
            return target.isDrained();
        }
        synchronized (this) {
            return !closed && pending.isEmpty();
        }
    }

    /** The bytes that wait here or in the WebSocket. */
    long pendingBytes() {
        WebSocketChannel target = webSocket;
        if (target != null) {
            return target.pendingBytes();
        }
        synchronized (this) {
            return pendingBytes;
        }
    }

    /** Accepts no more messages. Removes and returns those that waited. */
    public synchronized List<Frame> close() {
        closed = true;
        return drain();
    }

    /** Returns false, and closes the queue, if the message would exceed the limit. */
    private boolean add(WireMessage message) {
        long size = message.size();
        // A single message may exceed the limit: one large message does not make a reader slow.
        if (pendingBytes > 0 && pendingBytes + size > maxPending) {
            closed = true;
            pending.clear();
            return false;
        }
        pending.add(message);
        pendingBytes += size;
        return true;
    }

    private boolean isDropped(WireMessage message) {
        if (message.droppable() && pendingBytes > dropAbove) {
            metrics.dropped();
            return true;
        }
        return false;
    }

    private List<Frame> drain() {
        List<Frame> frames = new ArrayList<>(pending.size());
        for (WireMessage message : pending) {
            frames.addAll(message.frames());
        }
        pending.clear();
        pendingBytes = 0;
        return frames;
    }
}
