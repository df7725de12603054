package dev.parley.events;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation was deleted.
 *
 * @param userId the only member who does not have it any more; null if nobody has
 * @param memberIds who were its members, if nobody has it any more
 */
public record ConversationDeleted(
        String conversationId, String tenantId, @Nullable String userId, String deletedBy, List<String> memberIds)
        implements ConversationEvent {

    public ConversationDeleted {
        memberIds = Objects.requireNonNullElse(memberIds, List.of());
    }

    /** For one member alone. */
    public ConversationDeleted(String conversationId, String tenantId, @Nullable String userId, String deletedBy) {
        this(conversationId, tenantId, userId, deletedBy, List.of());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.conversationDeleted(this);
    }
}
