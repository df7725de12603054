package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A message was stored. Within a partition the first occurrences of a conversation's messages stand in the order of
 * {@code seq}; an occurrence may be repeated.
 *
 * @param clientId what the sender called the message before it had an id; only the sender's own devices may see it
 */
public record MessageCreated(
        MessageSnapshot message, @Nullable String clientId) implements ConversationEvent {

    @Override
    public String conversationId() {
        return message.conversationId();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.messageCreated(this);
    }
}
