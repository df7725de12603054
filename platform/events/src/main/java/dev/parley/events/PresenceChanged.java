package dev.parley.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user came, went, or turned away from all devices.
 *
 * @param lastSeenAt when the last device went; null while there is one
 */
public record PresenceChanged(
        String userId,
        String tenantId,
        Status status,
        @Nullable Instant lastSeenAt) implements PresenceEvent {

    /** What the user's devices together say. */
    public enum Status {
        ONLINE,
        AWAY,
        OFFLINE
    }
}
