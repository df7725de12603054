package dev.parley.presence.node;

import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.live.OnlineMembers;
import dev.parley.presence.live.PresenceTransition;
import dev.parley.presence.online.LastSeen;
import dev.parley.presence.online.Observers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The users who are online at any node, with their conversations. Changed by one thread. */
@Component
final class Everybody {

    private final Roster roster;
    private final OnlineMembers members;
    private final Observers observers;
    private final LastSeen lastSeen;

    Everybody(Roster roster, OnlineMembers members, Observers observers, LastSeen lastSeen) {
        this.roster = roster;
        this.members = members;
        this.observers = observers;
        this.lastSeen = lastSeen;
    }

    /** Takes what a node tells of a user. Empty where that makes no difference to anybody. */
    Optional<PresenceTransition> told(PresenceChanged presence) {
        Optional<PresenceTransition> transition = roster.told(presence);
        List<String> conversationIds = presence.conversationIds();
        if (presence.status() != Status.OFFLINE && conversationIds != null) {
            members.know(presence.tenantId(), presence.userId(), conversationIds);
        }
        return transition;
    }

    /**
     * A node is not there any more, since a time.
     *
     * @param store whether it falls to this node to store when its users were last seen
     */
    List<PresenceTransition> lost(String nodeId, Instant since, boolean store) {
        List<PresenceTransition> changes = roster.lost(nodeId, since);
        for (PresenceTransition change : changes) {
            Instant last = change.lastSeenAt();
            if (store && last != null) {
                lastSeen.note(change.tenantId(), change.userId(), last);
            }
        }
        return changes;
    }

    /** Whoever connects from now on sees the user as it is now; who is connected is to be told. */
    Set<String> observers(PresenceTransition transition) {
        String tenantId = transition.tenantId();
        String userId = transition.userId();
        Set<String> told = observers.of(transition);
        // Who went may be back by the time that it is told.
        if (transition.went() && roster.of(tenantId, userId) == Status.OFFLINE) {
            members.forget(tenantId, userId);
        }
        return told;
    }
}
