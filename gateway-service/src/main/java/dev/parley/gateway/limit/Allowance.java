package dev.parley.gateway.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket, kept as the one instant at which it would be full again (the generic cell rate algorithm of ITU-T
 * I.371). Safe for any number of threads, without a lock.
 */
final class Allowance {

    private final long interval;
    private final long capacity;
    private final AtomicLong fullAt;

    /** Starts full. @param now in nanoseconds, of any fixed origin */
    Allowance(int perSecond, int burst, long now) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.capacity = interval * burst;
        this.fullAt = new AtomicLong(now);
    }

    /**
     * Takes one token if there is one.
     *
     * @return how long until there is one; zero if it was taken
     */
    Duration take(long now) {
        while (true) {
            long before = fullAt.get();
            long after = (before - now < 0 ? now : before) + interval;
            long missing = after - now - capacity;
            if (missing > 0) {
                return Duration.ofNanos(missing);
            }
            if (fullAt.compareAndSet(before, after)) {
                return Duration.ZERO;
            }
        }
    }
}
