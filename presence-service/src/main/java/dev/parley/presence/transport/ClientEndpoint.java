package dev.parley.presence.transport;

import org.jspecify.annotations.Nullable;

/**
 * One client as what is sent to it leaves the server, whatever its protocol: an outbound queue behind a
 * {@link ReplayBarrier}. Safe for any thread; the client gets what is sent in the order of the calls.
 *
 * <p>Before {@link #open} and after {@link #shut} nothing is sent, and no method has an effect.
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

    /** From now on the client can be reached. */
    protected final void open() {
        open = true;
    }

    /** From now on nothing reaches the client, whichever thread sends it. */
    protected final void shut() {
        open = false;
    }

    /**
     * From now on holds back what is sent, so that something older can be {@link #replay replayed} first; {@link #release}
     * ends it. Droppable messages are left out meanwhile.
     */
    public final void hold() {
        barrier.close();
    }

    /** Sends at once, past what is held back, a message in this client's form. */
    public final void replay(Message message) {
        if (open) {
            barrier.bypass(message);
        }
    }

    /** Sends what was held back, and holds back no more. */
    public final void release() {
        barrier.open();
    }

    /** Bytes that were sent or replayed, and that the client has not taken yet. */
    public final long pendingToReplay() {
        return open ? barrier.pendingBehind() : 0;
    }

    @Override
    public final Backlog backlog() {
        if (!open) {
            return Backlog.LOST;
        }
        return barrier.isDrained() ? Backlog.NONE : Backlog.WAITING;
    }

    @Override
    public final long pendingBytes() {
        return open ? barrier.pendingBytes() : 0;
    }

    @Override
    public final @Nullable WebSocketChannel direct() {
        return open ? barrier.direct() : null;
    }

    @Override
    public final void deliver(Message message) {
        if (open) {
            barrier.deliver(message);
        }
    }
}
