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
 * Who is online at which node, as the nodes tell it. Nodes that read the same events in the same order have the same table.
 * Changed by one thread, read by any.
 */
@Component
final class PresenceTable {

    /**
     * A user who is online somewhere.
     *
     * @param nodes the nodes with devices of the user, and what each says
     * @param lastSeenAt when the last device went of those nodes that have none any more; null if there was none yet
     */
    private record Known(
            UserKey user,
            Map<String, Status> nodes,
            @Nullable Instant lastSeenAt) {

        Status status() {
            return nodes.values().stream().min(Status::compareTo).orElse(Status.OFFLINE);
        }

        Known with(String nodeId, Status status) {
            Map<String, Status> changed = new HashMap<>(nodes);
            changed.put(nodeId, status);
            return new Known(user, Map.copyOf(changed), lastSeenAt);
        }

        Known without(String nodeId, Instant since) {
            Map<String, Status> changed = new HashMap<>(nodes);
            changed.remove(nodeId);
            boolean later = lastSeenAt == null || since.isAfter(lastSeenAt);
            return new Known(user, Map.copyOf(changed), later ? since : lastSeenAt);
        }
    }

    private final Map<UserKey, Known> users = new ConcurrentHashMap<>();

    /** Takes what a node tells. Empty if the user's status stays what it was. */
    Optional<PresenceTransition> apply(PresenceChanged presence) {
        Known known = users.getOrDefault(
                new UserKey(presence.tenantId(), presence.userId()),
                new Known(new UserKey(presence.tenantId(), presence.userId()), Map.of(), null));
        Known changed = presence.status() == Status.OFFLINE
                ? known.without(presence.nodeId(), presence.at())
                : known.with(presence.nodeId(), presence.status());
        return replaced(known, changed);
    }

    /** A node is not there any more. Gives those whose status that changes. */
    List<PresenceTransition> lost(String nodeId, Instant since) {
        List<PresenceTransition> changes = new ArrayList<>();
        for (Known known : List.copyOf(users.values())) {
            if (known.nodes().containsKey(nodeId)) {
                replaced(known, known.without(nodeId, since)).ifPresent(changes::add);
            }
        }
        return changes;
    }

    private Optional<PresenceTransition> replaced(Known known, Known changed) {
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

    Status of(UserKey user) {
        Known known = users.get(user);
        return known == null ? Status.OFFLINE : known.status();
    }

    /** How many users are online at any node. */
    int size() {
        return users.size();
    }
}
