package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * What members see of a conversation, apart from its messages, was changed: its name, icon, settings, roles, or what one
 * member set for the conversation alone. Whoever shows it asks for it again.
 *
 * @param userId the only member who sees a difference; null for all
 * @param releasedFileId a file that was the icon, and that nobody is shown any more; null for none, and from older versions
 */
public record ConversationUpdated(
        String conversationId,
        String tenantId,
        @Nullable String userId,
        @Nullable String releasedFileId) implements ConversationEvent {

    /** A change after which the icon is the same. */
    public ConversationUpdated(String conversationId, String tenantId, @Nullable String userId) {
        this(conversationId, tenantId, userId, null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.conversationUpdated(this);
    }
}
