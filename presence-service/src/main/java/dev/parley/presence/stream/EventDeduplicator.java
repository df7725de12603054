package dev.parley.presence.stream;

import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;

/** Tells the events of conversations from their repetitions. Of one thread. */
final class EventDeduplicator {

    private final SeqFilter messages = new SeqFilter();
    private final SeqFilter changes = new SeqFilter();
    private final SeqFilter hidden = new SeqFilter();
    private final SeqFilter reads = new SeqFilter();
    private final SeqFilter completed = new SeqFilter();
    private final SeqFilter deliveries = new SeqFilter();
    private final RecentEventIds ids = new RecentEventIds();

    /**
     * Whether an event was not seen before.
     *
     * @param id the same for each repetition
     */
    boolean isNew(String id, ConversationEvent event) {
        return event.accept(new ConversationEvent.Visitor<>() {
            @Override
            public Boolean conversationCreated(ConversationCreated event) {
                return ids.isNew(id);
            }

            @Override
            public Boolean conversationUpdated(ConversationUpdated event) {
                return ids.isNew(id);
            }

            /** Not by its id: the latest state is asked for anyway. */
            @Override
            public Boolean conversationAdvanced(ConversationAdvanced event) {
                return true;
            }

            @Override
            public Boolean conversationReturned(ConversationReturned event) {
                return ids.isNew(id);
            }

            @Override
            public Boolean conversationDeleted(ConversationDeleted event) {
                return ids.isNew(id);
            }

            @Override
            public Boolean messageCreated(MessageCreated event) {
                return messages.isNew(event.conversationId(), event.message().seq());
            }

            @Override
            public Boolean messageChanged(MessageChange event) {
                return changes.isNew(event.message().id(), event.message().revision());
            }

            @Override
            public Boolean messageHidden(MessageHidden event) {
                return hidden.isNew(event.userId() + "/" + event.messageId(), event.seq());
            }

            @Override
            public Boolean receiptRead(ReceiptRead event) {
                String reader = event.userId() + "/" + event.conversationId();
                boolean further = reads.isNew(reader, event.seq());
                // Whom it completes is known a moment later, and may be told by itself.
                return (!event.fullyReadMessageIds().isEmpty() && completed.isNew(reader, event.seq())) || further;
            }

            @Override
            public Boolean receiptDelivered(ReceiptDelivered event) {
                return deliveries.isNew(event.userId() + "/" + event.conversationId(), event.seq());
            }
        });
    }
}
