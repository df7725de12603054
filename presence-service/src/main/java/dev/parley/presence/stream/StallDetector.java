package dev.parley.presence.stream;

import java.time.Duration;

/** Finds out when a number stops growing. Of one thread at a time. */
public final class StallDetector {

    private final long longestNanos;
    private long reached = Long.MIN_VALUE;
    private long since;

    public StallDetector(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    /** Whether the number has not grown past this for too long. */
    public boolean isStalled(long now) {
        if (now > reached) {
            reached = now;
            since = System.nanoTime();
        }
        return System.nanoTime() - since > longestNanos;
    }
}
