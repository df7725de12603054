package dev.parley.presence.chatcore;

import java.time.Duration;

/** Watches whether something goes on. Of one thread at a time. */
final class Progress {

    private final long longestNanos;
    private long reached = Long.MIN_VALUE;
    private long since;

    Progress(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    /** Whether it has been no further than this for too long. */
    boolean isMissing(long now) {
        if (now > reached) {
            reached = now;
            since = System.nanoTime();
        }
        return System.nanoTime() - since > longestNanos;
    }
}
