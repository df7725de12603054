package dev.parley.presence.cluster;

import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.OnlineMembers;
import dev.parley.presence.online.LastSeenStore;
import dev.parley.presence.online.PresenceObservers;
import dev.parley.presence.online.PresenceTransition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The users who are online at any node, with their conversations. Used by one thread. */
@Component
final class ClusterPresence {

    private final PresenceTable table;
    private final OnlineMembers members;
    private final PresenceObservers observers;
    private final LastSeenStore lastSeen;

    ClusterPresence(PresenceTable table, OnlineMembers members, PresenceObservers observers, LastSeenStore lastSeen) {
        this.table = table;
        this.members = members;
        this.observers = observers;
        this.lastSeen = lastSeen;
    }

    /** Applies what a node publishes about a user. Empty if the user's status stays the same. */
    Optional<PresenceTransition> apply(PresenceChanged presence) {
        Optional<PresenceTransition> transition = table.apply(presence);
        List<String> conversationIds = presence.conversationIds();
        if (presence.status() != Status.OFFLINE && conversationIds != null) {
            members.userOnline(new UserKey(presence.tenantId(), presence.userId()), conversationIds);
        }
        return transition;
    }

    /**
     * A node is gone.
     *
     * @param since when it was last alive
     * @param store whether this node stores when the users were last seen; only one of all nodes does
     */
    List<PresenceTransition> removeNode(String nodeId, Instant since, boolean store) {
        List<PresenceTransition> changes = table.removeNode(nodeId, since);
        for (PresenceTransition change : changes) {
            Instant lastSeenAt = change.lastSeenAt();
            if (store && lastSeenAt != null) {
                lastSeen.seen(change.user(), lastSeenAt);
            }
        }
        return changes;
    }

    /** The users of this node who are told about a change. A user who connects from now on sees the new status anyway. */
    Set<String> observersOf(PresenceTransition transition) {
        Set<String> observerIds = observers.observersOf(transition);
        // The user may be online again by now.
        if (transition.wentOffline() && table.statusOf(transition.user()) == Status.OFFLINE) {
            members.userOffline(transition.user());
        }
        return observerIds;
    }
}
