package dev.parley.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * The sessions that were ended. A token says nothing of that until it expires, so ended sessions are remembered for longer
 * than a token lives. A session that ended long before the service started is not known here.
 */
public final class RevokedSessions {

    private final Cache<String, Boolean> ended;

    /**
     * @param remembered at least as long as an access token lives
     * @param max how many; the one that was asked for least is forgotten
     */
    public RevokedSessions(Duration remembered, long max) {
        this.ended = Caffeine.newBuilder()
                .maximumSize(max)
                .expireAfterWrite(remembered)
                .build();
    }

    public void add(String sessionId) {
        ended.put(sessionId, true);
    }

    public boolean contains(String sessionId) {
        return ended.getIfPresent(sessionId) != null;
    }

    /** How many are remembered, roughly. */
    long size() {
        return ended.estimatedSize();
    }
}
