package dev.parley.platform.encryption;

import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Events with their messages as they were written, for those who show them at once. Whoever stores them does without. */
public final class EventOpener {

    /** How many are opened at a time: a key that must be asked for does not hold up those after it. */
    private static final int MAX_AT_ONCE = 32;

    private final ContentKeys keys;
    private final ConversationEvent.Visitor<Mono<? extends Event>> opening = new Opening();

    EventOpener(ContentKeys keys) {
        this.keys = keys;
    }

    /** The events in their order; fails if one cannot be opened. */
    public Mono<List<ReceivedEvent>> of(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch).flatMapSequential(this::of, MAX_AT_ONCE).collectList();
    }

    private Mono<ReceivedEvent> of(ReceivedEvent event) {
        return of(event.data()).map(data -> data == event.data() ? event : event.with(data));
    }

    private Mono<? extends Event> of(Event event) {
        return event instanceof ConversationEvent told ? told.accept(opening) : Mono.just(event);
    }

    /** Each kind of event with its message opened, if it carries one. */
    private final class Opening implements ConversationEvent.Visitor<Mono<? extends Event>> {

        @Override
        public Mono<Event> messageCreated(MessageCreated event) {
            return keys.open(event.message()).map(message -> new MessageCreated(message, event.clientId()));
        }

        @Override
        public Mono<MessageChange> messageChanged(MessageChange event) {
            return keys.open(event.message()).map(event::withMessage);
        }

        @Override
        public Mono<Event> messageHidden(MessageHidden event) {
            MessageSnapshot newest = event.newest();
            return newest == null ? Mono.just(event) : keys.open(newest).map(event::withNewest);
        }

        @Override
        public Mono<Event> conversationCreated(ConversationCreated event) {
            return Mono.just(event);
        }

        @Override
        public Mono<Event> conversationUpdated(ConversationUpdated event) {
            return Mono.just(event);
        }

        @Override
        public Mono<Event> conversationAdvanced(ConversationAdvanced event) {
            return Mono.just(event);
        }

        @Override
        public Mono<Event> conversationReturned(ConversationReturned event) {
            return Mono.just(event);
        }

        @Override
        public Mono<Event> conversationDeleted(ConversationDeleted event) {
            return Mono.just(event);
        }

        @Override
        public Mono<Event> receiptRead(ReceiptRead event) {
            return Mono.just(event);
        }

        @Override
        public Mono<Event> receiptCompleted(ReceiptCompleted event) {
            return Mono.just(event);
        }

        @Override
        public Mono<Event> receiptDelivered(ReceiptDelivered event) {
            return Mono.just(event);
        }
    }
}
