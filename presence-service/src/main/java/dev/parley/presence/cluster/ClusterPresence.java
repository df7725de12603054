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

/** The users who are online at any node, with their conversations. Of one thread. */
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

    /** Takes what a node tells of a user. Empty where the user's status stays the same. */
    Optional<PresenceTransition> apply(PresenceChanged presence) {
        Optional<PresenceTransition> transition = table.apply(presence);
        List<String> conversationIds = presence.conversationIds();
        if (presence.status() != Status.OFFLINE && conversationIds != null) {
            members.cameOnline(new UserKey(presence.tenantId(), presence.userId()), conversationIds);
        }
        return transition;
    }

    /**
     * A node is gone.
     *
     * @param since when it was last alive
     * @param store whether this node is the one that stores when its users were last seen
     */
    List<PresenceTransition> lost(String nodeId, Instant since, boolean store) {
        List<PresenceTransition> changes = table.lost(nodeId, since);
        for (PresenceTransition change : changes) {
            Instant last = change.lastSeenAt();
            if (store && last != null) {
                lastSeen.note(change.user(), last);
            }
        }
        return changes;
    }

    /** The ids of the users at this node who are to be told. Whoever connects from now on sees the new status anyway. */
    Set<String> observers(PresenceTransition transition) {
        Set<String> told = observers.of(transition);
        // The user may be back by now.
        if (transition.went() && table.of(transition.user()) == Status.OFFLINE) {
            members.wentOffline(transition.user());
        }
        return told;
    }
}
