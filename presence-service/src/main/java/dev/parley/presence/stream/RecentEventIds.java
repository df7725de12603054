package dev.parley.presence.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Recognises repeated events by their id, where there is no sequence number to compare. */
final class RecentEventIds {

    private static final long MAX_IDS = 100_000;

    private final Cache<String, Boolean> seen =
            Caffeine.newBuilder().maximumSize(MAX_IDS).build();

    boolean isNew(String id) {
        return seen.asMap().putIfAbsent(id, true) == null;
    }
}
