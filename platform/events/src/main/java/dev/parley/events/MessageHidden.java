package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A member deleted a message for the member alone.
 *
 * @param newest the newest message that the member still sees; null if there is none
 * @param counts whether the message counted as unread for the member before the member read it: those of others do,
 *     without system messages and deleted ones; null from older versions
 */
public record MessageHidden(
        String conversationId,
        String tenantId,
        String userId,
        String messageId,
        long seq,
        @Nullable MessageSnapshot newest,
        @Nullable Boolean counts)
        implements ConversationEvent {

    /** Without saying whether it counts as unread. */
    public MessageHidden(
            String conversationId,
            String tenantId,
            String userId,
            String messageId,
            long seq,
            @Nullable MessageSnapshot newest) {
        this(conversationId, tenantId, userId, messageId, seq, newest, null);
    }

    /** The same with the newest message in another form. */
    public MessageHidden withNewest(MessageSnapshot other) {
        return new MessageHidden(conversationId, tenantId, userId, messageId, seq, other, counts);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.messageHidden(this);
    }
}
