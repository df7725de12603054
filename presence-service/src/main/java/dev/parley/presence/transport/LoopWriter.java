package dev.parley.presence.transport;

import dev.parley.platform.trace.TraceSpan;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to all WebSockets of one event loop. Deliveries are written in the order of submission, also when they are
 * submitted from within the loop; each turn flushes a socket at most once.
 *
 * <p>A flush is a system call and is the largest part of the cost of a delivery. So a loop that flushed few sockets
 * recently flushes at once, and a loop under load collects writes until the end of its flush window.
 */
final class LoopWriter {

    private static final Logger log = LoggerFactory.getLogger(LoopWriter.class);

    /** A turn ends after this many deliveries, so that reads get their time. */
    private static final int MAX_DELIVERIES_PER_TURN = 1024;

    /** Something to write: it runs in the loop, or is discarded when the loop has shut down. */
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

    // Only used in the event loop.
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

    /** Writes a buffer, which the writer then owns, to each of these sockets of this loop. */
    void submit(ByteBuf wire, boolean droppable, List<WebSocketChannel> webSockets) {
        submit(wire, droppable, webSockets, Map.of());
    }

    /** @param spans of writing to sockets, which end when it is done */
    void submit(
            ByteBuf wire,
            boolean droppable,
            List<WebSocketChannel> webSockets,
            Map<WebSocketChannel, TraceSpan> spans) {
        submit(new Broadcast(wire, droppable, webSockets, spans));
    }

    void submit(Delivery delivery) {
        queue.add(delivery);
        if (loop.inEventLoop()) {
            drain();
        } else {
            schedule();
        }
    }

    /** Remembers a socket that has unflushed writes. */
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
            for (Delivery rest = queue.poll(); rest != null; rest = queue.poll()) {
                rest.discard();
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

    /** A delivery that fails does not stop the others. */
    private static int run(Delivery delivery) {
        try {
            return delivery.run();
        } catch (RuntimeException failure) {
            log.error("Could not write a message", failure);
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
        // A failed flush may end a session, and that may write to other sockets: they are added to the other list.
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

    private record Broadcast(
            ByteBuf wire, boolean droppable, List<WebSocketChannel> webSockets, Map<WebSocketChannel, TraceSpan> spans)
            implements Delivery {

        @Override
        public int run() {
            int written = 0;
            try {
                for (WebSocketChannel webSocket : webSockets) {
                    boolean taken = webSocket.write(wire, droppable);
                    if (taken) {
                        written++;
                    }
                    if (!spans.isEmpty()) {
                        end(webSocket, taken ? "written" : "dropped");
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
            webSockets.forEach(webSocket -> end(webSocket, "dropped"));
        }

        private void end(WebSocketChannel webSocket, String outcome) {
            TraceSpan span = spans.get(webSocket);
            if (span != null) {
                span.with("parley.write", outcome).end();
            }
        }
    }
}
