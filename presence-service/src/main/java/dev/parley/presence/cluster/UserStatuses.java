package dev.parley.presence.cluster;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.LocalPresence;
import org.springframework.stereotype.Component;

/** Whether users are online, at whatever node. */
@Component
public final class UserStatuses {

    private final PresenceTable table;
    private final LocalPresence here;

    UserStatuses(PresenceTable table, LocalPresence here) {
        this.table = table;
        this.here = here;
    }

    /** {@link Status#OFFLINE} also for somebody who is not there at all. */
    public Status of(UserKey user) {
        Status told = table.of(user);
        // This node reads what it tells of its own users a moment later.
        return told == Status.OFFLINE && here.isOnline(user) ? Status.ONLINE : told;
    }
}
