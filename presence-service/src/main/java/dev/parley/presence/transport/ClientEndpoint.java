package dev.parley.presence.transport;

import org.jspecify.annotations.Nullable;

/**
 * The outbound side of one client's connection, whatever its protocol: an {@link OutboundQueue} behind a {@link
 * ReplayBarrier}. Safe for any thread; the client receives messages in the order of the calls.
 *
 * <p>Before {@link #open} and after {@link #shut} nothing is sent and no method has an effect.
 */
public abstract class ClientEndpoint implements Recipient {

    private final String id;
    private final ReplayBarrier barrier;
    private volatile boolean open;

    protected ClientEndpoint(String id, ReplayBarrier barrier) {
        this.id = id;
        this.barrier = barrier;
    }

    @Override
    public final String id() {
        return id;
    }

    /** Allows sending to the client. */
    protected final void open() {
        open = true;
    }

    /** Stops all sending to the client, from whichever thread. */
    protected final void shut() {
        open = false;
    }

    /** Starts to hold back what is sent; {@link #release} ends it. Droppable messages are dropped meanwhile. */
    public final void hold() {
        barrier.close();
    }

    /**
     * Starts to hold back what is sent, so that older messages can be {@link #replay replayed} first; {@link #release} ends
     * it. Droppable messages, and those with a stream offset, are dropped meanwhile: the replay must send the latter, too.
     */
    public final void holdForReplay() {
        barrier.closeForReplay();
    }

    /** Sends a message, encoded for this client, at once and ahead of what is held back. */
    public final void replay(WireMessage message) {
        if (open) {
            barrier.bypass(message);
        }
    }

    /** Sends what was held back, and stops holding back. */
    public final void release() {
        barrier.open();
    }

    /** Bytes that were sent or replayed and that the client has not taken yet. */
    public final long pendingReplayBytes() {
        return open ? barrier.pendingBehindBarrier() : 0;
    }

    @Override
    public final Backlog backlog() {
        if (!open) {
            return Backlog.LOST;
        }
        return barrier.isDrained() ? Backlog.NONE : Backlog.WAITING;
    }

    /** What became of the messages that were replayed. */
    public final Backlog replayBacklog() {
        if (!open) {
            return Backlog.LOST;
        }
        return barrier.isDrainedBehindBarrier() ? Backlog.NONE : Backlog.WAITING;
    }

    @Override
    public final long pendingBytes() {
        return open ? barrier.pendingBytes() : 0;
    }

    @Override
    public final @Nullable WebSocketChannel webSocket() {
        return open ? barrier.webSocket() : null;
    }

    @Override
    public final void deliver(WireMessage message) {
        if (open) {
            barrier.deliver(message);
        }
    }
}
