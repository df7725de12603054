package dev.parley.presence.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Recognises repeated events by a number that only grows: the messages of a conversation by their {@code seq}, the changes
 * of a message by their revision. New events come in the order of that number.
 */
final class SeqFilter {

    private final Cache<String, Long> last;

    /** @param maxSubjects how many subjects are remembered */
    SeqFilter(int maxSubjects) {
        this.last = Caffeine.newBuilder().maximumSize(maxSubjects).build();
    }

    /** Whether no number as high as this was seen for the subject. One thread only for each conversation. */
    boolean isNew(String subject, long seq) {
        Long seen = last.getIfPresent(subject);
        if (seen != null && seq <= seen) {
            return false;
        }
        last.put(subject, seq);
        return true;
    }
}
