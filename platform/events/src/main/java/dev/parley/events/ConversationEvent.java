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
                ReceiptCompleted,
                ReceiptDelivered {

    String conversationId();

    @Override
    default String partitionKey() {
        return conversationId();
    }

    <R> R accept(Visitor<R> visitor);

    /** One case for each kind of event. */
    interface Visitor<R> {
        R conversationCreated(ConversationCreated event);

        R conversationUpdated(ConversationUpdated event);

        R conversationAdvanced(ConversationAdvanced event);

        R conversationReturned(ConversationReturned event);

        R conversationDeleted(ConversationDeleted event);

        R messageCreated(MessageCreated event);

        R messageChanged(MessageChange event);

        R messageHidden(MessageHidden event);

        R receiptRead(ReceiptRead event);

        R receiptCompleted(ReceiptCompleted event);

        R receiptDelivered(ReceiptDelivered event);
    }
}
