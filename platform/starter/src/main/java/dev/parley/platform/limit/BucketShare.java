package dev.parley.platform.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this instance takes of a bucket that all instances share. A tenth of the rate is its own: what it takes of that it tells
 * nobody, so that those who do little cost nothing.
 */
final class BucketShare {

    private static final int OWN_PART = 10;

    private final String id;
    private final TokenBucket bucket;
    private final TokenBucket own;
    private final SharedBuckets shared;

    /** Tokens of which the others were not told. */
    private final AtomicLong untold = new AtomicLong();

    BucketShare(String id, int tokens, Duration period, int burst, long now, SharedBuckets shared) {
        this.id = id;
        this.shared = shared;
        this.own = new TokenBucket(tokens, period.multipliedBy(OWN_PART), Math.max(1, burst / OWN_PART), now);
        this.bucket = new TokenBucket(tokens, period, burst, now, this);
    }

    String id() {
        return id;
    }

    TokenBucket bucket() {
        return bucket;
    }

    void taken(int tokens, long now) {
        if (!own.take(tokens, now).isZero()) {
            tell(tokens);
        }
    }

    void givenBack() {
        untold.updateAndGet(tokens -> Math.max(0, tokens - 1));
    }

    /** @return the tokens that are to be told */
    long takeUntold() {
        return untold.getAndSet(0);
    }

    /** What is told with the next exchange. */
    void tell(long tokens) {
        untold.addAndGet(tokens);
        shared.toTell(this);
    }
}
