package dev.parley.presence.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Tells an event from its repetition where there is no place in an order to tell it by. */
final class RecentEventIds {

    private static final long MAX_REMEMBERED = 100_000;

    private final Cache<String, Boolean> seen =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    boolean isNew(String id) {
        return seen.asMap().putIfAbsent(id, true) == null;
    }
}
