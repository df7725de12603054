package dev.parley.presence.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what is sent to one recipient while older messages are replayed to it. The recipient joins its rooms first, so
 * that it misses nothing new, and receives the new messages after the old ones. Safe for any thread.
 *
 * <p>New messages with a stream offset are not held back but left to the replay, which goes on until it has sent them too:
 * what is held back cannot change any more, and the message that it shows may be edited or deleted before it is sent.
 */
public final class ReplayBarrier {

    private final OutboundQueue queue;
    private final long maxHeld;
    private final Runnable onOverflow;
    private volatile boolean open = true;

    // Guarded by this.
    private boolean replaying;
    private final Queue<WireMessage> held = new ArrayDeque<>();
    private long heldBytes;
    private boolean overflowed;

    /**
     * Creates an open barrier.
     *
     * @param onOverflow runs once, when the barrier holds back more than half of what may wait for a client
     */
    public ReplayBarrier(OutboundQueue queue, OutboundLimits limits, Runnable onOverflow) {
        this.queue = queue;
        this.maxHeld = limits.maxPending().toBytes() / 2;
        this.onOverflow = onOverflow;
    }

    /** The WebSocket behind the barrier; null while the barrier is closed or there is no WebSocket. */
    public @Nullable WebSocketChannel webSocket() {
        return open ? queue.webSocket() : null;
    }

    /** Sends through the barrier. */
    public void deliver(WireMessage message) {
        if (open) {
            queue.send(message);
            return;
        }
        synchronized (this) {
            if (open) {
                queue.send(message);
                return;
            }
            // A droppable message would be out of date when the barrier opens.
            if (message.droppable() || (replaying && message.offset() != null)) {
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
    public void bypass(WireMessage message) {
        queue.send(message);
    }

    /** Whether nothing is held back or left to a replay, and nothing waits behind the barrier. */
    public boolean isDrained() {
        synchronized (this) {
            if (replaying || !held.isEmpty()) {
                return false;
            }
        }
        return queue.isDrained();
    }

    /** Whether nothing waits behind the barrier. */
    public boolean isDrainedBehindBarrier() {
        return queue.isDrained();
    }

    /** The bytes that are held back or wait behind the barrier. */
    public long pendingBytes() {
        synchronized (this) {
            return heldBytes + queue.pendingBytes();
        }
    }

    /** The bytes that wait behind the barrier. */
    public long pendingBehindBarrier() {
        return queue.pendingBytes();
    }

    /** Closes for a short time without a replay: everything is held back. */
    public synchronized void close() {
        open = false;
    }

    /**
     * Closes for a replay, which sends everything that has a stream offset until the barrier opens. It must open between two
     * events, when the replay has sent the last one.
     */
    public synchronized void closeForReplay() {
        open = false;
        replaying = true;
    }

    /** Sends what was held back, and opens. Has no effect after an overflow. */
    public synchronized void open() {
        if (overflowed) {
            return;
        }
        held.forEach(queue::send);
        held.clear();
        heldBytes = 0;
        replaying = false;
        open = true;
    }
}
