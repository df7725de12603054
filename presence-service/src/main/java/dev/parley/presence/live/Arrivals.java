package dev.parley.presence.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens to users while they are being let in: between the moment their conversations are asked for and the moment
 * their socket is in its rooms, an event may add a conversation that the answer does not hold.
 */
final class Arrivals {

    private static final Duration LONGEST_ARRIVAL = Duration.ofMinutes(2);
    private static final long MAX_ARRIVING = 100_000;

    private final Cache<String, Set<String>> joinedMeanwhile = Caffeine.newBuilder()
            .maximumSize(MAX_ARRIVING)
            .expireAfterWrite(LONGEST_ARRIVAL)
            .build();

    /** From now on the user's new conversations are remembered. */
    void begin(String userId) {
        joinedMeanwhile.asMap().compute(userId, (key, known) -> known == null ? ConcurrentHashMap.newKeySet() : known);
    }

    void joined(String userId, String conversationId) {
        Set<String> conversations = joinedMeanwhile.getIfPresent(userId);
        if (conversations != null) {
            conversations.add(conversationId);
        }
    }

    /** The conversations that came since an arrival began. */
    Set<String> since(String userId) {
        Set<String> conversations = joinedMeanwhile.getIfPresent(userId);
        return conversations == null ? Set.of() : Set.copyOf(conversations);
    }
}
