package dev.parley.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * The sign-ins that were ended. A token says nothing of it until it expires, so they are remembered for longer than a token
 * lives. What ended long before this ran is not known here.
 */
public final class RevokedSessions {

    private static final long MAX_REMEMBERED = 200_000;

    private final Cache<String, Boolean> ended;

    /** @param remembered at least as long as an access token lives */
    public RevokedSessions(Duration remembered) {
        this.ended = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(remembered)
                .build();
    }

    public void add(String sessionId) {
        ended.put(sessionId, true);
    }

    public boolean contains(String sessionId) {
        return ended.getIfPresent(sessionId) != null;
    }
}
