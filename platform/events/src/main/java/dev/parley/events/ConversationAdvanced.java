package dev.parley.events;

/**
 * The conversation lists and unread counts know of the messages up to a position, and of their changes. It may be left out
 * where a later one follows.
 *
 * @param seq the position
 */
public record ConversationAdvanced(String conversationId, String tenantId, long seq) implements ConversationEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.conversationAdvanced(this);
    }
}
