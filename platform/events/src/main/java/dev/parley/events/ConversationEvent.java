package dev.parley.events;

/** An event of one conversation, on {@link Topics#CONVERSATIONS}, ordered within the conversation. */
public sealed interface ConversationEvent extends Event
        permits ConversationCreated,
                ConversationUpdated,
                ConversationAdvanced,
                ConversationReturned,
                ConversationDeleted,
                MessageCreated,
                MessageChange,
                MessageHidden,
                ReceiptRead,
                ReceiptDelivered {

    String conversationId();

    @Override
    default String partitionKey() {
        return conversationId();
    }
}
