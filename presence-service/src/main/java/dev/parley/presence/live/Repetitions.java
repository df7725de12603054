package dev.parley.presence.live;

import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;

/** Tells the events of conversations from their repetitions. Of one thread. */
final class Repetitions {

    private final SeqFilter messages = new SeqFilter();
    private final SeqFilter changes = new SeqFilter();
    private final SeqFilter hidden = new SeqFilter();
    private final SeqFilter reads = new SeqFilter();
    private final SeqFilter completed = new SeqFilter();
    private final SeqFilter deliveries = new SeqFilter();
    private final EventIds ids = new EventIds();

    /**
     * Whether an event was not seen before.
     *
     * @param id the same for each repetition
     */
    boolean isNew(String id, ConversationEvent event) {
        if (event instanceof MessageCreated created) {
            return messages.isNew(created.conversationId(), created.message().seq());
        } else if (event instanceof MessageChange change) {
            return changes.isNew(change.message().id(), change.message().revision());
        } else if (event instanceof MessageHidden one) {
            return hidden.isNew(one.userId() + "/" + one.messageId(), one.seq());
        } else if (event instanceof ReceiptRead read) {
            String reader = read.userId() + "/" + read.conversationId();
            boolean further = reads.isNew(reader, read.seq());
            // Whom it completes is known a moment later, and may be told by itself.
            return (!read.fullyReadMessageIds().isEmpty() && completed.isNew(reader, read.seq())) || further;
        } else if (event instanceof ReceiptDelivered delivered) {
            return deliveries.isNew(delivered.userId() + "/" + delivered.conversationId(), delivered.seq());
        } else if (event instanceof ConversationAdvanced) {
            // Not by its id: the latest state is asked for anyway.
            return true;
        }
        return ids.isNew(id);
    }
}
