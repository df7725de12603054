package dev.parley.presence.live;

import dev.parley.events.PresenceChanged.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's status became another, over all nodes.
 *
 * @param lastSeenAt when the last device went; null while there is one
 */
public record PresenceTransition(
        String tenantId,
        String userId,
        Status before,
        Status now,
        @Nullable Instant lastSeenAt) {

    public boolean came() {
        return before == Status.OFFLINE;
    }

    public boolean went() {
        return now == Status.OFFLINE;
    }
}
