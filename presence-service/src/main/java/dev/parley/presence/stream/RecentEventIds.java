package dev.parley.presence.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Recognises repeated events by their id, where there is no sequence number to compare. */
final class RecentEventIds {

    private final Cache<String, Boolean> seen;

    /** @param maxIds how many ids are remembered */
    RecentEventIds(int maxIds) {
        this.seen = Caffeine.newBuilder().maximumSize(maxIds).build();
    }

    boolean isNew(String id) {
        return seen.asMap().putIfAbsent(id, true) == null;
    }
}
