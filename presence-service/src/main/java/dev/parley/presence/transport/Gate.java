package dev.parley.presence.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what is sent to one recipient while something older is replayed to it: the recipient joins its rooms
 * first, so that nothing new is missed, and sees the new after the old. Safe for any thread.
 */
public final class Gate {

    private final Outlet outlet;
    private final long maxHeld;
    private final Runnable onOverflow;
    private volatile boolean open = true;

    // Guarded by this.
    private final Queue<Message> held = new ArrayDeque<>();
    private long heldBytes;
    private boolean overflowed;

    /** A gate that is open. {@code onOverflow} runs once, when more than half of what may wait was held back. */
    public Gate(Outlet outlet, OutboundLimits limits, Runnable onOverflow) {
        this.outlet = outlet;
        this.maxHeld = limits.maxPending().toBytes() / 2;
        this.onOverflow = onOverflow;
    }

    /** The WebSocket behind an open gate, or null. */
    public @Nullable WebSocketCarrier direct() {
        return open ? outlet.direct() : null;
    }

    /** Sends through the gate. */
    public void deliver(Message message) {
        if (open) {
            outlet.send(message);
            return;
        }
        synchronized (this) {
            if (open) {
                outlet.send(message);
                return;
            }
            // What may be dropped is stale by the time the gate opens.
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

    /** Sends past a closed gate. */
    public void bypass(Message message) {
        outlet.send(message);
    }

    /** Whether nothing is held back, and nothing waits behind the gate. */
    public boolean isDrained() {
        synchronized (this) {
            if (!held.isEmpty()) {
                return false;
            }
        }
        return outlet.isDrained();
    }

    /** Bytes that are held back, or wait behind the gate. */
    public long pendingBytes() {
        synchronized (this) {
            return heldBytes + outlet.pendingBytes();
        }
    }

    /** Bytes that wait behind the gate. */
    public long pendingBehind() {
        return outlet.pendingBytes();
    }

    public synchronized void close() {
        open = false;
    }

    /** Sends what was held back, and opens; without effect where that was too much. */
    public synchronized void open() {
        if (overflowed) {
            return;
        }
        held.forEach(outlet::send);
        held.clear();
        heldBytes = 0;
        open = true;
    }
}
