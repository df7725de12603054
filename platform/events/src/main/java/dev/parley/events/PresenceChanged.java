package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of a user, through the user's devices that are connected there. It may be repeated. The user's status
 * is the best of all nodes.
 *
 * @param nodeId the node whose devices it is about
 * @param at when it became so; for {@link Status#OFFLINE} when the last device went
 * @param conversationIds the user's conversations, of very many only some; null where the user is offline
 * @param openConversationIds the conversations that are open on a device that somebody uses, or used not long ago; null
 *     where the user is offline, and from older versions
 */
public record PresenceChanged(
        String nodeId,
        String userId,
        String tenantId,
        Status status,
        Instant at,
        @Nullable List<String> conversationIds,
        @Nullable List<String> openConversationIds)
        implements PresenceEvent {

    /** Without saying what is open. */
    public PresenceChanged(
            String nodeId,
            String userId,
            String tenantId,
            Status status,
            Instant at,
            @Nullable List<String> conversationIds) {
        this(nodeId, userId, tenantId, status, at, conversationIds, null);
    }

    /** What the user's devices together say. The first is the best. */
    public enum Status {
        /** Somebody acts on a device, or did not long ago. */
        ONLINE,
        /** There is a device, and nobody acts on any. */
        AWAY,
        /** There is none, and has been none for a while. */
        OFFLINE;

        /** A status of a later version is a way of being there. */
        @JsonCreator
        static Status of(String name) {
            return Arrays.stream(values())
                    .filter(status -> status.name().equals(name))
                    .findFirst()
                    .orElse(AWAY);
        }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.presenceChanged(this);
    }
}
