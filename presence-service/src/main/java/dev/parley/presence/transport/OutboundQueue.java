package dev.parley.presence.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The way out to one client. Messages wait here, within the bound, until somebody reads them (a poll); once the client
 * has a WebSocket they go there, after all that waited. Safe for any thread; order is that of the calls.
 */
public final class OutboundQueue {

    /** Somebody who waits for messages, once. */
    public interface Reader {
        /** Takes all that waited, at least one frame. Any thread; must not block. */
        void read(List<Frame> frames);
    }

    private final long maxPending;
    private final long dropAbove;
    private final TransportMetrics metrics;
    private final Runnable onOverflow;
    private volatile @Nullable WebSocketChannel direct;

    // Guarded by this.
    private final Queue<Message> pending = new ArrayDeque<>();
    private long pendingBytes;
    private @Nullable Reader reader;
    private boolean closed;

    OutboundQueue(OutboundLimits limits, TransportMetrics metrics, Runnable onOverflow) {
        this.maxPending = limits.maxPending().toBytes();
        this.dropAbove = limits.dropAbove().toBytes();
        this.metrics = metrics;
        this.onOverflow = onOverflow;
    }

    /** The WebSocket that messages go to, or null as long as they wait to be read. */
    public @Nullable WebSocketChannel direct() {
        return direct;
    }

    public void send(Message message) {
        WebSocketChannel webSocket = direct;
        if (webSocket != null) {
            webSocket.send(message);
        } else {
            sendBuffered(message);
        }
    }

    private void sendBuffered(Message message) {
        Reader ready = null;
        List<Frame> frames = List.of();
        WebSocketChannel webSocket;
        synchronized (this) {
            webSocket = direct;
            if (webSocket == null) {
                if (closed || isLeftOut(message) || (add(message) && reader == null)) {
                    return;
                }
                if (!closed) {
                    ready = reader;
                    reader = null;
                    frames = drain();
                }
            }
        }
        // Outside the lock: whoever is called may send in turn.
        if (webSocket != null) {
            webSocket.send(message);
        } else if (ready != null) {
            ready.read(frames);
        } else {
            onOverflow.run();
        }
    }

    /**
     * Waits for messages, or takes those that wait already.
     *
     * @return false if another reader waits: then this one is not heard of again
     */
    public boolean read(Reader newcomer) {
        List<Frame> frames;
        synchronized (this) {
            if (reader != null) {
                return false;
            }
            if (pending.isEmpty()) {
                reader = newcomer;
                return true;
            }
            frames = drain();
        }
        newcomer.read(frames);
        return true;
    }

    /** Takes the reader that waits, if there is one, out of its place. */
    public synchronized @Nullable Reader dismissReader() {
        Reader dismissed = reader;
        reader = null;
        return dismissed;
    }

    /** Takes this reader out of its place, and says whether it still waited there. */
    public synchronized boolean dismiss(Reader waiting) {
        if (reader != waiting) {
            return false;
        }
        reader = null;
        return true;
    }

    /** From now on messages go to this WebSocket, after all that waited. Nobody may be waiting to read. */
    public synchronized void switchTo(WebSocketChannel webSocket) {
        for (Message message : pending) {
            webSocket.send(message);
        }
        pending.clear();
        pendingBytes = 0;
        // Published last: who sees it sends after what waited.
        direct = webSocket;
    }

    /** Whether nothing waits here, nor in the WebSocket that messages go to. */
    boolean isDrained() {
        WebSocketChannel webSocket = direct;
        if (webSocket != null) {
            return webSocket.isDrained();
        }
        synchronized (this) {
            return !closed && pending.isEmpty();
        }
    }

    /** Bytes that wait here, or in the WebSocket that messages go to. */
    long pendingBytes() {
        WebSocketChannel webSocket = direct;
        if (webSocket != null) {
            return webSocket.pendingBytes();
        }
        synchronized (this) {
            return pendingBytes;
        }
    }

    /** Takes no more messages, and gives up those that waited. */
    public synchronized List<Frame> close() {
        closed = true;
        return drain();
    }

    /** Returns false, and closes, where the bound is passed. */
    private boolean add(Message message) {
        long size = message.size();
        // One message may be larger than the bound: it alone never makes a reader slow.
        if (pendingBytes > 0 && pendingBytes + size > maxPending) {
            closed = true;
            pending.clear();
            return false;
        }
        pending.add(message);
        pendingBytes += size;
        return true;
    }

    private boolean isLeftOut(Message message) {
        if (message.droppable() && pendingBytes > dropAbove) {
            metrics.dropped();
            return true;
        }
        return false;
    }

    private List<Frame> drain() {
        List<Frame> frames = new ArrayList<>(pending.size());
        for (Message message : pending) {
            frames.addAll(message.frames());
        }
        pending.clear();
        pendingBytes = 0;
        return frames;
    }
}
