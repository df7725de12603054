package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A member deleted a message for the member alone.
 *
 * @param newest the newest message that the member still sees; null if there is none
 */
public record MessageHidden(
        String conversationId,
        String tenantId,
        String userId,
        String messageId,
        long seq,
        @Nullable MessageSnapshot newest)
        implements ConversationEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.messageHidden(this);
    }
}
