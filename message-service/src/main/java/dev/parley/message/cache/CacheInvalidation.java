package dev.parley.message.cache;

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
import dev.parley.message.access.RecentAccessChanges;
import dev.parley.message.receipt.ReceiptLookup;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.outbox.Outbox;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Takes each event of a conversation, and has those caches forget what the event changes. The outbox hears which events are on
 * the topic, whichever instance published them.
 */
final class CacheInvalidation implements EventHandler {

    private static final Runnable NOTHING = () -> {};

    private final RecentAccessChanges access;
    private final ReceiptLookup receipts;
    private final Outbox outbox;
    private final ConversationEvent.Visitor<Runnable> changes = new Changes();

    CacheInvalidation(RecentAccessChanges access, ReceiptLookup receipts, Outbox outbox) {
        this.outbox = outbox;
        this.access = access;
        this.receipts = receipts;
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Mono.fromRunnable(() -> {
            outbox.seen(batch.stream().map(ReceivedEvent::id).toList());
            batch.forEach(this::handle);
        });
    }

    private void handle(ReceivedEvent received) {
        if (received.data() instanceof ConversationEvent event) {
            event.accept(changes).run();
        }
    }

    /** What each kind of event changes in the caches. */
    private final class Changes implements ConversationEvent.Visitor<Runnable> {

        @Override
        public Runnable conversationUpdated(ConversationUpdated event) {
            return () -> {
                access.note(event.conversationId(), event.userId());
                receipts.forget(event.conversationId());
            };
        }

        @Override
        public Runnable conversationDeleted(ConversationDeleted event) {
            return () -> access.note(event.conversationId(), event.userId());
        }

        @Override
        public Runnable conversationReturned(ConversationReturned event) {
            return () -> event.userIds().forEach(userId -> access.note(event.conversationId(), userId));
        }

        @Override
        public Runnable messageCreated(MessageCreated event) {
            return () ->
                    event.message().notice().ifPresent(notice -> access.noteMembersOf(event.conversationId(), notice));
        }

        @Override
        public Runnable receiptRead(ReceiptRead event) {
            return () -> receipts.forget(event.conversationId());
        }

        @Override
        public Runnable receiptCompleted(ReceiptCompleted event) {
            return () -> receipts.forget(event.conversationId());
        }

        @Override
        public Runnable receiptDelivered(ReceiptDelivered event) {
            return () -> receipts.forget(event.conversationId());
        }

        @Override
        public Runnable conversationCreated(ConversationCreated event) {
            return NOTHING;
        }

        @Override
        public Runnable conversationAdvanced(ConversationAdvanced event) {
            return NOTHING;
        }

        @Override
        public Runnable messageChanged(MessageChange event) {
            return NOTHING;
        }

        @Override
        public Runnable messageHidden(MessageHidden event) {
            return NOTHING;
        }
    }
}
