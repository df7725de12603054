package dev.parley.presence.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of all WebSockets of one event loop. What is submitted is written in the order of submission, also
 * when it is submitted from within the loop; sockets are flushed at most once for each turn.
 *
 * <p>A flush is a system call and dominates the cost of a delivery. So a loop that has flushed few sockets of late
 * flushes at once, and one under load gathers writes until its window ends.
 */
final class LoopWriter {

    private static final Logger log = LoggerFactory.getLogger(LoopWriter.class);

    /** A turn ends after this many deliveries so that reads are not starved. */
    private static final int MAX_DELIVERIES_PER_TURN = 1024;

    /** Something to write: runs in the loop, or is discarded when the loop is gone. */
    interface Delivery {
        /** Returns the number of messages written. */
        int run();

        void discard();
    }

    private final EventLoop loop;
    private final TransportMetrics metrics;
    private final long windowNanos;
    private final int flushesPerWindow;
    private final Queue<Delivery> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable turn = this::turn;
    private final Runnable flush = this::flush;

    // Of the loop alone.
    private List<WebSocketChannel> dirty = new ArrayList<>();
    private List<WebSocketChannel> spare = new ArrayList<>();
    private boolean draining;
    private boolean flushScheduled;
    private long windowStart = System.nanoTime();
    private int flushedInWindow;

    LoopWriter(EventLoop loop, OutboundLimits limits, TransportMetrics metrics) {
        this.loop = loop;
        this.metrics = metrics;
        this.windowNanos = limits.flushWindow().toNanos();
        this.flushesPerWindow = limits.flushesPerWindow();
    }

    EventLoop loop() {
        return loop;
    }

    /** Writes a buffer, whose ownership passes on, to each of these sockets of this loop. */
    void submit(ByteBuf wire, boolean droppable, List<WebSocketChannel> webSockets) {
        submit(new Broadcast(wire, droppable, webSockets));
    }

    void submit(Delivery delivery) {
        queue.add(delivery);
        if (loop.inEventLoop()) {
            drain();
        } else {
            schedule();
        }
    }

    /** Remembers a socket that was written to. */
    void dirty(WebSocketChannel webSocket) {
        dirty.add(webSocket);
    }

    private void schedule() {
        if (!scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            loop.execute(turn);
        } catch (RejectedExecutionException loopIsGone) {
            for (Delivery left = queue.poll(); left != null; left = queue.poll()) {
                left.discard();
            }
            scheduled.set(false);
        }
    }

    private void turn() {
        scheduled.set(false);
        drain();
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        int written = 0;
        try {
            int budget = MAX_DELIVERIES_PER_TURN;
            for (Delivery next = queue.poll(); next != null; next = queue.poll()) {
                written += run(next);
                if (--budget == 0) {
                    schedule();
                    break;
                }
            }
        } finally {
            draining = false;
        }
        metrics.turn(written);
        flushSoon();
    }

    /** One that fails holds up no other. */
    private static int run(Delivery delivery) {
        try {
            return delivery.run();
        } catch (RuntimeException failure) {
            log.error("Something was not written", failure);
            return 0;
        }
    }

    private void flushSoon() {
        if (flushScheduled || dirty.isEmpty()) {
            return;
        }
        flushScheduled = true;
        long now = System.nanoTime();
        if (now - windowStart >= windowNanos) {
            windowStart = now;
            flushedInWindow = 0;
        }
        if (flushedInWindow <= flushesPerWindow) {
            loop.execute(flush);
        } else {
            loop.schedule(flush, windowStart + windowNanos - now, TimeUnit.NANOSECONDS);
        }
    }

    private void flush() {
        flushScheduled = false;
        // A flush that fails may end a session, whose end may write to others: they go to the other list.
        List<WebSocketChannel> batch = dirty;
        dirty = spare;
        for (WebSocketChannel webSocket : batch) {
            webSocket.flush();
        }
        flushedInWindow += batch.size();
        metrics.flushed(batch.size());
        batch.clear();
        spare = batch;
        flushSoon();
    }

    private record Broadcast(ByteBuf wire, boolean droppable, List<WebSocketChannel> webSockets) implements Delivery {

        @Override
        public int run() {
            int written = 0;
            try {
                for (WebSocketChannel webSocket : webSockets) {
                    if (webSocket.write(wire, droppable)) {
                        written++;
                    }
                }
            } finally {
                wire.release();
            }
            return written;
        }

        @Override
        public void discard() {
            wire.release();
        }
    }
}
