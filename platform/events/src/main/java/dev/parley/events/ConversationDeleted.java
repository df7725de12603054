package dev.parley.events;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation was deleted.
 *
 * @param userId the only member who does not have it any more; null if nobody has
 * @param memberIds who were its members, if nobody has it any more
 * @param cleared up to where the history is cleared for a member who deleted it and is still in it; else null, also from
 *     older versions
 */
public record ConversationDeleted(
        String conversationId,
        String tenantId,
        @Nullable String userId,
        String deletedBy,
        List<String> memberIds,
        @Nullable CountStart cleared)
        implements ConversationEvent {

    public ConversationDeleted {
        memberIds = Objects.requireNonNullElse(memberIds, List.of());
    }

    /** For everybody. */
    public ConversationDeleted(
            String conversationId, String tenantId, @Nullable String userId, String deletedBy, List<String> memberIds) {
        this(conversationId, tenantId, userId, deletedBy, memberIds, null);
    }

    /** For one member alone, or by one who has left. */
    public ConversationDeleted(String conversationId, String tenantId, @Nullable String userId, String deletedBy) {
        this(conversationId, tenantId, userId, deletedBy, List.of(), null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.conversationDeleted(this);
    }
}
