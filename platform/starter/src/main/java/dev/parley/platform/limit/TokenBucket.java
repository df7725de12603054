package dev.parley.platform.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket, kept as the one instant at which it would be full again (the generic cell rate algorithm of ITU-T
 * I.371). Safe for any number of threads, without a lock.
 */
public final class TokenBucket {

    private final long interval;
    private final long capacity;
    private final AtomicLong fullAt;

    /** Starts full. @param now in nanoseconds, of any fixed origin */
    public TokenBucket(int perSecond, int burst, long now) {
        if (perSecond <= 0 || burst <= 0) {
            throw new IllegalArgumentException("A rate and its burst must be positive: " + perSecond + ", " + burst);
        }
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.capacity = interval * burst;
        this.fullAt = new AtomicLong(now);
    }

    /**
     * Takes one token if there is one.
     *
     * @return how long until there is one; zero if it was taken
     */
    public Duration take(long now) {
        while (true) {
            long before = fullAt.get();
            long after = after(before, now);
            long missing = after - now - capacity;
            if (missing > 0) {
                return Duration.ofNanos(missing);
            }
            if (fullAt.compareAndSet(before, after)) {
                return Duration.ZERO;
            }
        }
    }

    /**
     * Takes the next token, also if it is not there yet: whoever reserves first has the earlier one.
     *
     * @param longest how long it may take until the token is there
     * @return how long it takes; empty if that is too long, and nothing was taken
     */
    public Optional<Duration> reserve(long now, Duration longest) {
        while (true) {
            long before = fullAt.get();
            long after = after(before, now);
            long missing = Math.max(0, after - now - capacity);
            if (missing > longest.toNanos()) {
                return Optional.empty();
            }
            if (fullAt.compareAndSet(before, after)) {
                return Optional.of(Duration.ofNanos(missing));
            }
        }
    }

    /** Gives a token back that was reserved and is not used. */
    public void giveBack() {
        fullAt.addAndGet(-interval);
    }

    private long after(long before, long now) {
        return (before - now < 0 ? now : before) + interval;
    }
}
