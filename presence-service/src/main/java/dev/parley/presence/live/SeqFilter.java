package dev.parley.presence.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Tells a message's first occurrence from its repetitions. The first occurrences come in the order of {@code seq}. */
final class SeqFilter {

    private static final long MAX_CONVERSATIONS = 500_000;

    private final Cache<String, Long> last =
            Caffeine.newBuilder().maximumSize(MAX_CONVERSATIONS).build();

    /** Whether no message at this place or after it was seen before. To be called by one thread for a conversation. */
    boolean isNew(String conversationId, long seq) {
        Long seen = last.getIfPresent(conversationId);
        if (seen != null && seq <= seen) {
            return false;
        }
        last.put(conversationId, seq);
        return true;
    }
}
