package dev.parley.presence.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One open WebSocket. It is written to directly, not through the reactive pipeline: frames are encoded buffers that sockets
 * share.
 *
 * <p>{@link OutboundLimits} limits what may wait in the channel. Above the lower limit droppable messages are dropped.
 * Above the upper one nothing more is written, and closing cuts the connection: a peer that does not read would not see a
 * close frame.
 */
public final class WebSocketChannel {

    /** Flushes at once when this much was written, so that collecting writes never looks like a slow reader. */
    private static final int FLUSH_ABOVE_BYTES = 64 * 1024;

    /** How long the peer has to answer a close frame. Closing at once could destroy a frame that is on its way. */
    private static final long CLOSE_GRACE_MILLIS = 1000;

    private final Channel channel;
    private final LoopWriter writer;
    private final long maxPending;
    private final long dropAbove;
    private final TransportMetrics metrics;
    private final Runnable onOverflow;

    private volatile boolean ended;

    // Only used in the event loop.
    private boolean dirty;
    private int unflushed;

    WebSocketChannel(
            Channel channel, LoopWriter writer, OutboundLimits limits, TransportMetrics metrics, Runnable onOverflow) {
        this.channel = channel;
        this.writer = writer;
        this.maxPending = limits.maxPending().toBytes();
        this.dropAbove = limits.dropAbove().toBytes();
        this.metrics = metrics;
        this.onOverflow = onOverflow;
    }

    /** Sends to this socket alone. Any thread; messages keep the order of the calls. */
    public void send(WireMessage message) {
        writer.submit(message.toWire(ByteBufAllocator.DEFAULT), message.droppable(), List.of(this));
    }

    /** Sends a close frame after everything sent before, then closes. A second call cuts the connection. Any thread. */
    public void close(CloseReason reason) {
        writer.submit(new LoopWriter.Delivery() {
            @Override
            public int run() {
                sendClose(reason);
                return 0;
            }

            @Override
            public void discard() {}
        });
    }

    /** Whether the kernel took everything that was written. Any thread. */
    boolean isDrained() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return !ended && buffer != null && buffer.totalPendingWriteBytes() == 0;
    }

    /** The bytes that were written and that the kernel has not taken yet. Any thread. */
    long pendingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return ended || buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    LoopWriter writer() {
        return writer;
    }

    /** Writes a shared buffer. Returns false if the message was dropped or the socket has ended. In the loop only. */
    boolean write(ByteBuf shared, boolean droppable) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (ended || buffer == null) {
            return false;
        }
        long pending = buffer.totalPendingWriteBytes();
        if (droppable && pending > dropAbove) {
            metrics.dropped();
            return false;
        }
        int size = shared.readableBytes();
        // A single message may exceed the limit: one large message does not make a reader slow.
        if (pending > 0 && pending + size > maxPending) {
            ended = true;
            onOverflow.run();
            return false;
        }
        channel.write(shared.retainedDuplicate(), channel.voidPromise());
        markDirty(size);
        return true;
    }

    void flush() {
        dirty = false;
        unflushed = 0;
        channel.flush();
    }

    private void markDirty(int size) {
        if (!dirty) {
            dirty = true;
            writer.dirty(this);
        }
        unflushed += size;
        if (unflushed > FLUSH_ABOVE_BYTES) {
            unflushed = 0;
            channel.flush();
        }
    }

    private void sendClose(CloseReason reason) {
        if (ended) {
            channel.close();
            return;
        }
        ended = true;
        channel.writeAndFlush(new CloseWebSocketFrame(reason.webSocketCode(), reason.wireName()));
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
