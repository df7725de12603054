package dev.parley.platform.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket, kept as the one instant at which it would be full again (the generic cell rate algorithm of ITU-T
 * I.371). Safe for any number of threads, without a lock.
 */
public final class TokenBucket {

    private final long interval;
    private final long capacity;
    private final AtomicLong fullAt;
    private final @Nullable BucketShare share;

    /** Starts full. @param now in nanoseconds, of any fixed origin */
    public TokenBucket(int perSecond, int burst, long now) {
        this(perSecond, Duration.ofSeconds(1), burst, now);
    }

    /** Starts full. @param tokens how many come back in each period @param now in nanoseconds, of any fixed origin */
    public TokenBucket(int tokens, Duration period, int burst, long now) {
        this(tokens, period, burst, now, null);
    }

    /** @param share told what is taken; null if nobody else takes of the same */
    TokenBucket(int tokens, Duration period, int burst, long now, @Nullable BucketShare share) {
        if (tokens <= 0 || burst <= 0) {
            throw new IllegalArgumentException("A rate and its burst must be positive: " + tokens + ", " + burst);
        }
        this.interval = period.toNanos() / tokens;
        this.capacity = interval * burst;
        this.fullAt = new AtomicLong(now);
        this.share = share;
    }

    /**
     * Takes one token if there is one.
     *
     * @return how long until there is one; zero if it was taken
     */
    public Duration take(long now) {
        return take(1, now);
    }

    /**
     * Takes so many tokens if they are all there. More than the burst never are.
     *
     * @return how long until they are there; zero if they were taken
     */
    public Duration take(int tokens, long now) {
        while (true) {
            long before = fullAt.get();
            long after = after(before, now) + (tokens - 1) * interval;
            long missing = after - now - capacity;
            if (missing > 0) {
                return Duration.ofNanos(missing);
            }
            if (fullAt.compareAndSet(before, after)) {
                taken(tokens, now);
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
                taken(1, now);
                return Optional.of(Duration.ofNanos(missing));
            }
        }
    }

    /** Gives a token back that was reserved and is not used. */
    public void giveBack() {
        fullAt.addAndGet(-interval);
        if (share != null) {
            share.givenBack();
        }
    }

    private void taken(int tokens, long now) {
        if (share != null) {
            share.taken(tokens, now);
        }
    }

    /** Others have taken so much that it is not full before this time. */
    void raise(long othersFullAt) {
        fullAt.accumulateAndGet(othersFullAt, (own, others) -> own - others >= 0 ? own : others);
    }

    /** How long it takes until a token that was taken is there again; nanoseconds. */
    long interval() {
        return interval;
    }

    private long after(long before, long now) {
        return (before - now < 0 ? now : before) + interval;
    }
}
