package dev.parley.presence.cluster;

import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.PresenceTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who is online at which node, as the nodes publish it. Nodes that read the same events in the same order have the same
 * table. Changed by one thread, read by any.
 */
@Component
final class PresenceTable {

    /**
     * A user who is online at a node.
     *
     * @param nodes the nodes where the user has devices, and the status at each
     * @param lastSeenAt the latest time when the last device at a node disconnected; null if that never happened
     */
    private record OnlineUser(
            UserKey user,
            Map<String, Status> nodes,
            @Nullable Instant lastSeenAt) {

        Status status() {
            return nodes.values().stream().min(Status::compareTo).orElse(Status.OFFLINE);
        }

        OnlineUser with(String nodeId, Status status) {
            Map<String, Status> changed = new HashMap<>(nodes);
            changed.put(nodeId, status);
            return new OnlineUser(user, Map.copyOf(changed), lastSeenAt);
        }

        OnlineUser without(String nodeId, Instant since) {
            Map<String, Status> changed = new HashMap<>(nodes);
            changed.remove(nodeId);
            boolean later = lastSeenAt == null || since.isAfter(lastSeenAt);
            return new OnlineUser(user, Map.copyOf(changed), later ? since : lastSeenAt);
        }
    }

    private final Map<UserKey, OnlineUser> users = new ConcurrentHashMap<>();

    /** Applies what a node publishes about a user. Empty if the user's status stays the same. */
    Optional<PresenceTransition> apply(PresenceChanged presence) {
        OnlineUser known = users.getOrDefault(
                new UserKey(presence.tenantId(), presence.userId()),
                new OnlineUser(new UserKey(presence.tenantId(), presence.userId()), Map.of(), null));
        OnlineUser changed = presence.status() == Status.OFFLINE
                ? known.without(presence.nodeId(), presence.at())
                : known.with(presence.nodeId(), presence.status());
        return replace(known, changed);
    }

    /** A node is gone. Returns the users whose status changes with that. */
    List<PresenceTransition> removeNode(String nodeId, Instant since) {
        List<PresenceTransition> changes = new ArrayList<>();
        for (OnlineUser known : List.copyOf(users.values())) {
            if (known.nodes().containsKey(nodeId)) {
                replace(known, known.without(nodeId, since)).ifPresent(changes::add);
            }
        }
        return changes;
    }

    private Optional<PresenceTransition> replace(OnlineUser known, OnlineUser changed) {
        Status now = changed.status();
        if (now == Status.OFFLINE) {
            users.remove(known.user());
        } else {
            users.put(known.user(), changed);
        }
        return known.status() == now
                ? Optional.empty()
                : Optional.of(new PresenceTransition(
                        known.user(), known.status(), now, now == Status.OFFLINE ? changed.lastSeenAt() : null));
    }

    Status statusOf(UserKey user) {
        OnlineUser known = users.get(user);
        return known == null ? Status.OFFLINE : known.status();
    }

    /** How many users are online at any node. */
    int size() {
        return users.size();
    }
}
