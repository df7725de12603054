package dev.parley.presence.online;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.UserKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a user's status over all nodes.
 *
 * @param lastSeenAt when the last device disconnected; null while there is one
 */
public record PresenceTransition(
        UserKey user, Status before, Status now, @Nullable Instant lastSeenAt) {

    public boolean cameOnline() {
        return before == Status.OFFLINE;
    }

    public boolean wentOffline() {
        return now == Status.OFFLINE;
    }
}
