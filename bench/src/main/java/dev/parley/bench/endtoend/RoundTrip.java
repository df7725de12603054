package dev.parley.bench.endtoend;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Sends something and waits until it has arrived. */
interface RoundTrip {

    int MAX_SECONDS = 30;

    /** Sends it once. */
    void send();

    /** When it arrived, by {@link System#nanoTime()}, each time that it did. */
    BlockingQueue<Long> arrivals();

    /** Does it once, and returns how long it took. */
    default long nanos() throws InterruptedException {
        long start = System.nanoTime();
        send();
        Long arrived = arrivals().poll(MAX_SECONDS, TimeUnit.SECONDS);
        if (arrived == null) {
            throw new IllegalStateException("Nothing arrived within " + MAX_SECONDS + " seconds");
        }
        return arrived - start;
    }

    /** Does it many times, one after the other. @param pause between two of them */
    default long[] repeat(int times, Duration pause) throws InterruptedException {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            nanos[i] = nanos();
            Thread.sleep(pause.toMillis());
        }
        return nanos;
    }
}
