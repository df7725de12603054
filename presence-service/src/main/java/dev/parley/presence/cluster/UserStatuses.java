package dev.parley.presence.cluster;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.LocalPresence;
import org.springframework.stereotype.Component;

/** Whether users are online at any node. */
@Component
public final class UserStatuses {

    private final PresenceTable table;
    private final LocalPresence local;

    UserStatuses(PresenceTable table, LocalPresence local) {
        this.table = table;
        this.local = local;
    }

    /** {@link Status#OFFLINE} also for users who do not exist. */
    public Status of(UserKey user) {
        Status published = table.statusOf(user);
        // This node reads its own events about its users a moment later.
        return published == Status.OFFLINE && local.isOnline(user) ? Status.ONLINE : published;
    }
}
