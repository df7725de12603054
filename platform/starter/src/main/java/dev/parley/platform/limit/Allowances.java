package dev.parley.platform.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.time.Duration;

/** The allowances of those who came of late, by name. Whoever is forgotten has a full one again. */
public final class Allowances {

    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Cache<String, Allowance> byName;

    /** @param maxTracked how many are remembered; the one that was idle longest is forgotten */
    public Allowances(int maxTracked) {
        this.byName = Caffeine.newBuilder()
                .maximumSize(maxTracked)
                .expireAfterAccess(IDLE)
                .build();
    }

    /** The allowance of this name, which is made with this rate if there is none. */
    public Allowance of(String name, int perSecond, int burst) {
        return byName.get(name, missing -> new Allowance(perSecond, burst, System.nanoTime()));
    }

    /**
     * What somebody is told who has to wait.
     *
     * @param wait told in whole seconds, rounded up
     */
    public static ApiException refusal(String detail, Duration wait) {
        Duration wholeSeconds = Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds());
        return ApiException.retryLater(PlatformError.RATE_LIMITED, detail, wholeSeconds);
    }
}
