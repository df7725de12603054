package dev.parley.presence.node;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.online.Devices;
import org.springframework.stereotype.Component;

/** Whether users are online, at whatever node. */
@Component
public final class UserStatuses {

    private final Roster roster;
    private final Devices here;

    UserStatuses(Roster roster, Devices here) {
        this.roster = roster;
        this.here = here;
    }

    /** {@link Status#OFFLINE} also for somebody who is not there at all. */
    public Status of(String tenantId, String userId) {
        Status told = roster.of(tenantId, userId);
        // What this node says of its own users comes back a moment later.
        return told == Status.OFFLINE && here.isOnline(tenantId, userId) ? Status.ONLINE : told;
    }
}
