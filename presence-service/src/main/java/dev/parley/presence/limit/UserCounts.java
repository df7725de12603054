package dev.parley.presence.limit;

import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.UserKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts something for each user. */
final class UserCounts {

    private final ConcurrentMap<UserKey, Integer> counts = new ConcurrentHashMap<>();

    /** Adds one. Returns the new count. */
    int add(ConnectedUser user) {
        return counts.merge(user.key(), 1, Integer::sum);
    }

    void remove(ConnectedUser user) {
        counts.computeIfPresent(user.key(), (key, count) -> count == 1 ? null : count - 1);
    }

    int of(ConnectedUser user) {
        return counts.getOrDefault(user.key(), 0);
    }
}
