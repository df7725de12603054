package dev.parley.presence.stream;

import java.time.Duration;

/** Detects that a number has stopped growing. Used by one thread at a time. */
public final class StallDetector {

    private final long maxStallNanos;
    private long highest = Long.MIN_VALUE;
    private long highestSince;

    public StallDetector(Duration maxStall) {
        this.maxStallNanos = maxStall.toNanos();
    }

    /** Whether the number has not grown for too long. */
    public boolean isStalled(long value) {
        if (value > highest) {
            highest = value;
            highestSince = System.nanoTime();
        }
        return System.nanoTime() - highestSince > maxStallNanos;
    }
}
