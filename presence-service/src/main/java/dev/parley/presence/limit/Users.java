package dev.parley.presence.limit;

import dev.parley.presence.user.ConnectedUser;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many of something each user has. */
final class Users {

    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

    static String key(ConnectedUser user) {
        return user.tenantId() + "/" + user.id();
    }

    /** @return how many there are with this one */
    int add(ConnectedUser user) {
        return counts.merge(key(user), 1, Integer::sum);
    }

    void remove(ConnectedUser user) {
        counts.computeIfPresent(key(user), (key, count) -> count == 1 ? null : count - 1);
    }

    int of(ConnectedUser user) {
        return counts.getOrDefault(key(user), 0);
    }
}
