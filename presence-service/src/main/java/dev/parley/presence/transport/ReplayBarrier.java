package dev.parley.presence.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what is sent to one recipient while something older is replayed to it: the recipient joins its rooms
 * first, so that nothing new is missed, and sees the new after the old. Safe for any thread.
 */
public final class ReplayBarrier {

    private final OutboundQueue queue;
    private final long maxHeld;
    private final Runnable onOverflow;
    private volatile boolean open = true;

    // Guarded by this.
    private final Queue<Message> held = new ArrayDeque<>();
    private long heldBytes;
    private boolean overflowed;

    /** A barrier that is open. {@code onOverflow} runs once, when more than half of what may wait was held back. */
    public ReplayBarrier(OutboundQueue queue, OutboundLimits limits, Runnable onOverflow) {
        this.queue = queue;
        this.maxHeld = limits.maxPending().toBytes() / 2;
        this.onOverflow = onOverflow;
    }

    /** The WebSocket behind an open barrier, or null. */
    public @Nullable WebSocketChannel direct() {
        return open ? queue.direct() : null;
    }

    /** Sends through the barrier. */
    public void deliver(Message message) {
        if (open) {
            queue.send(message);
            return;
        }
        synchronized (this) {
            if (open) {
                queue.send(message);
                return;
            }
            // What may be dropped is stale by the time the barrier opens.
            if (message.droppable()) {
                return;
            }
            if (overflowed) {
                return;
            }
            heldBytes += message.size();
            if (heldBytes <= maxHeld) {
                held.add(message);
                return;
            }
            overflowed = true;
            held.clear();
            heldBytes = 0;
        }
        onOverflow.run();
    }

    /** Sends past a closed barrier. */
    public void bypass(Message message) {
        queue.send(message);
    }

    /** Whether nothing is held back, and nothing waits behind the barrier. */
    public boolean isDrained() {
        synchronized (this) {
            if (!held.isEmpty()) {
                return false;
            }
        }
        return queue.isDrained();
    }

    /** Bytes that are held back, or wait behind the barrier. */
    public long pendingBytes() {
        synchronized (this) {
            return heldBytes + queue.pendingBytes();
        }
    }

    /** Bytes that wait behind the barrier. */
    public long pendingBehind() {
        return queue.pendingBytes();
    }

    public synchronized void close() {
        open = false;
    }

    /** Sends what was held back, and opens; without effect where that was too much. */
    public synchronized void open() {
        if (overflowed) {
            return;
        }
        held.forEach(queue::send);
        held.clear();
        heldBytes = 0;
        open = true;
    }
}
