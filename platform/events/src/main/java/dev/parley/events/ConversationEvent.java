package dev.parley.events;

/** An event of one conversation, on {@link Topics#CONVERSATIONS}, ordered within the conversation. */
public sealed interface ConversationEvent extends Event permits ConversationCreated, MessageCreated, MessageChange {

    String conversationId();

    @Override
    default String partitionKey() {
        return conversationId();
    }
}
