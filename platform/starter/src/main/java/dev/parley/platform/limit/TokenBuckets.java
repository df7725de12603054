package dev.parley.platform.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.time.Duration;

/** The token buckets of those who came recently, by name. Whoever is forgotten has a full bucket again. */
public final class TokenBuckets {

    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Cache<String, TokenBucket> byName;

    /** @param maxTracked how many are remembered; the one that was idle longest is forgotten */
    public TokenBuckets(int maxTracked) {
        this(maxTracked, IDLE);
    }

    /** @param idle after how long without a request a bucket is forgotten; at least the time in which it fills up */
    public TokenBuckets(int maxTracked, Duration idle) {
        this.byName = Caffeine.newBuilder()
                .maximumSize(maxTracked)
                .expireAfterAccess(idle)
                .build();
    }

    /** The bucket of this name; a new one with this rate if there is none. */
    public TokenBucket of(String name, int perSecond, int burst) {
        return of(name, perSecond, Duration.ofSeconds(1), burst);
    }

    /** The bucket of this name; a new one, into which so many tokens come back in each period, if there is none. */
    public TokenBucket of(String name, int tokens, Duration period, int burst) {
        return byName.get(name, missing -> new TokenBucket(tokens, period, burst, System.nanoTime()));
    }

    /**
     * The error for somebody who has to wait.
     *
     * @param wait told in whole seconds, rounded up
     */
    public static ApiException refusal(String detail, Duration wait) {
        Duration wholeSeconds = Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds());
        return ApiException.retryLater(PlatformError.RATE_LIMITED, detail, wholeSeconds);
    }
}
