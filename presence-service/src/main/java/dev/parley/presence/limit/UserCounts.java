package dev.parley.presence.limit;

import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.UserKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many of something each user has. */
final class UserCounts {

    private final ConcurrentMap<UserKey, Integer> counts = new ConcurrentHashMap<>();

    /** @return how many there are with this one */
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
