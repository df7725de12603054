package dev.parley.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of a user, through the user's devices that are connected there. It may be repeated. The user's status
 * is the best of all nodes.
 *
 * @param nodeId the node whose devices it is about
 * @param at when it became so; for {@link Status#OFFLINE} when the last device went
 * @param conversationIds the user's conversations, of very many only some; null where the user is offline
 */
public record PresenceChanged(
        String nodeId,
        String userId,
        String tenantId,
        Status status,
        Instant at,
        @Nullable List<String> conversationIds)
        implements PresenceEvent {

    /** What the user's devices together say. The first is the best. */
    public enum Status {
        /** Somebody acts on a device, or did not long ago. */
        ONLINE,
        /** There is a device, and nobody acts on any. */
        AWAY,
        /** There is none, and has been none for a while. */
        OFFLINE
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.presenceChanged(this);
    }
}
