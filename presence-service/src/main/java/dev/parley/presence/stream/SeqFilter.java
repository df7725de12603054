package dev.parley.presence.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Tells the first occurrence of an event from its repetitions: the messages of a conversation by their {@code seq}, the
 * changes of a message by their revision. First occurrences come in that order.
 */
final class SeqFilter {

    private static final long MAX_SUBJECTS = 500_000;

    private final Cache<String, Long> last =
            Caffeine.newBuilder().maximumSize(MAX_SUBJECTS).build();

    /** Whether nothing at this place or after it was seen before. To be called by one thread for a conversation. */
    boolean isNew(String subject, long seq) {
        Long seen = last.getIfPresent(subject);
        if (seen != null && seq <= seen) {
            return false;
        }
        last.put(subject, seq);
        return true;
    }
}
