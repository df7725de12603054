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
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;

/** Recognises repeated conversation events. Not safe for threads. */
public final class EventDeduplicator {

    private final SeqFilter messages;
    private final SeqFilter changes;
    private final SeqFilter hidden;
    private final SeqFilter reads;
    private final SeqFilter fullReads;
    private final SeqFilter deliveries;
    private final RecentEventIds ids;

    public EventDeduplicator(StreamSettings settings) {
        this.messages = new SeqFilter(settings.maxSequences());
        this.changes = new SeqFilter(settings.maxSequences());
        this.hidden = new SeqFilter(settings.maxSequences());
        this.reads = new SeqFilter(settings.maxSequences());
        this.fullReads = new SeqFilter(settings.maxSequences());
        this.deliveries = new SeqFilter(settings.maxSequences());
        this.ids = new RecentEventIds(settings.maxEventIds());
    }

    /**
     * Whether this event was not seen before.
     *
     * @param id the id of the event, the same each time it is repeated
     */
    public boolean isNew(String id, ConversationEvent event) {
        return event.accept(new ConversationEvent.Visitor<>() {
            @Override
            public Boolean conversationCreated(ConversationCreated event) {
                return ids.isNew(id);
            }

            @Override
            public Boolean conversationUpdated(ConversationUpdated event) {
                return ids.isNew(id);
            }

            /** Always: the latest state is requested anyway, so a repetition does no harm. */
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
                // Which messages all members have now read is known a moment later, and may arrive as an event of its
                // own.
                return (!event.fullyReadMessageIds().isEmpty() && fullReads.isNew(reader, event.seq())) || further;
            }

            @Override
            public Boolean receiptCompleted(ReceiptCompleted event) {
                return ids.isNew(id);
            }

            @Override
            public Boolean receiptDelivered(ReceiptDelivered event) {
                return deliveries.isNew(event.userId() + "/" + event.conversationId(), event.seq());
            }
        });
    }
}
