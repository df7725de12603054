package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * What members see of a conversation, apart from its messages, was changed: its name, icon, settings, roles, or what one
 * member set for the conversation alone. Whoever shows it asks for it again.
 *
 * @param userId the only member who sees a difference; null for all
 */
public record ConversationUpdated(
        String conversationId, String tenantId, @Nullable String userId) implements ConversationEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.conversationUpdated(this);
    }
}
