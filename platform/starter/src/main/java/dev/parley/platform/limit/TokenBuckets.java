package dev.parley.platform.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The token buckets of those who came recently, by name. Whoever is forgotten has a full bucket again. */
public final class TokenBuckets {

    static final Duration IDLE = Duration.ofMinutes(10);

    private final Cache<String, TokenBucket> byName;
    private final @Nullable SharedBuckets shared;
    private final String kind;

    /** @param maxTracked how many are remembered; the one that was idle longest is forgotten */
    public TokenBuckets(int maxTracked) {
        this(maxTracked, IDLE);
    }

    /** @param idle after how long without a request a bucket is forgotten; at least the time in which it fills up */
    public TokenBuckets(int maxTracked, Duration idle) {
        this(maxTracked, idle, "", null);
    }

    /** @param shared with what other instances are told of what is taken; null for buckets of this instance alone */
    TokenBuckets(int maxTracked, Duration idle, String kind, @Nullable SharedBuckets shared) {
        this.kind = kind;
        this.shared = shared;
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
        return byName.get(
                name,
                missing -> shared == null
                        ? new TokenBucket(tokens, period, burst, System.nanoTime())
                        : shared.bucket(kind, missing, tokens, period, burst));
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
