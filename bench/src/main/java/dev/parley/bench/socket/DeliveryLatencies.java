package dev.parley.bench.socket;

import dev.parley.bench.measure.LatencySummary;
import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures how long events take to arrive: each event carries the time when it was sent. Safe for any thread. */
final class DeliveryLatencies {

    /** Stands before and after the time. */
    private static final char MARK = '#';

    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean measuring;

    /** @param most how many latencies are kept; later events are only counted */
    DeliveryLatencies(int most) {
        this.nanos = new long[most];
    }

    /** A text of this length that carries the present time. */
    static String stamped(int length) {
        String stamp = MARK + Long.toString(System.nanoTime()) + MARK;
        return stamp + "x".repeat(Math.max(0, length - stamp.length()));
    }

    void begin() {
        measuring = true;
    }

    void end() {
        measuring = false;
    }

    void arrived(ByteBuf event) {
        if (!measuring) {
            return;
        }
        long now = System.nanoTime();
        int start = event.forEachByte(new ByteProcessor.IndexOfProcessor((byte) MARK)) + 1;
        long sent = 0;
        for (int i = start; start > 0 && event.getByte(i) != MARK; i++) {
            sent = sent * 10 + event.getByte(i) - '0';
        }
        int index = count.getAndIncrement();
        if (start > 0 && index < nanos.length) {
            nanos[index] = now - sent;
        }
    }

    int count() {
        return count.get();
    }

    LatencySummary summary() {
        return LatencySummary.of(Arrays.copyOf(nanos, Math.min(count.get(), nanos.length)));
    }
}
