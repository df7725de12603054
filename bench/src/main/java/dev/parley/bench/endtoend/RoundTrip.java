package dev.parley.bench.endtoend;

import java.time.Duration;

/** Sends something and waits until it has arrived. */
interface RoundTrip {

    int MAX_SECONDS = 30;

    /** Does it once, and returns how long it took. */
    long nanos() throws InterruptedException;

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
