package dev.parley.bench.socket;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** How long events were under way: each carries the time when it was sent, after the mark {@code #}. Safe for any thread. */
final class Latencies {

    private static final byte MARK = '#';

    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean counting;

    /** @param most that are kept; what comes later is counted alone */
    Latencies(int most) {
        this.nanos = new long[most];
    }

    /** A text of this many characters that carries the present time. */
    static String stamped(int length) {
        String stamp = MARK_TEXT + System.nanoTime() + MARK_TEXT;
        return stamp + "x".repeat(Math.max(0, length - stamp.length()));
    }

    private static final String MARK_TEXT = "#";

    void begin() {
        counting = true;
    }

    void end() {
        counting = false;
    }

    void arrived(ByteBuf event) {
        if (!counting) {
            return;
        }
        long now = System.nanoTime();
        int start = event.forEachByte(new ByteProcessor.IndexOfProcessor(MARK)) + 1;
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

    /** In milliseconds. @param share such as 0.99 */
    double quantile(double share) {
        long[] sorted = Arrays.copyOf(nanos, Math.min(count.get(), nanos.length));
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }
}
