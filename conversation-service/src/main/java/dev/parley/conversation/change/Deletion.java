package dev.parley.conversation.change;

import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.ConversationStore;
import dev.parley.conversation.membership.Memberships;
import dev.parley.events.ConversationDeleted;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Deletes conversations for everybody. From then on there is none; the memberships end at once, and again when the event is
 * read, so that a crash in between leaves nobody in it.
 */
@Component
final class Deletion {

    private final ChangeStore store;
    private final Memberships memberships;
    private final Outbox outbox;
    private final EventCodec events;

    Deletion(ChangeStore store, Memberships memberships, Outbox outbox, EventCodec events) {
        this.store = store;
        this.memberships = memberships;
        this.outbox = outbox;
        this.events = events;
    }

    /** @return fails with {@link Overtaken} if the conversation is not as it was seen any more */
    Mono<Conversation> delete(Conversation seen, String deletedBy) {
        ConversationDeleted deleted = new ConversationDeleted(seen.id(), seen.tenantId(), null, deletedBy);
        PendingEvent event = events.pending(deleted, 0, Execution.now());
        return store.delete(seen, event)
                .switchIfEmpty(Mono.error(Overtaken::new))
                .flatMap(conversation -> memberships.end(seen.id()).thenReturn(conversation))
                .doOnNext(conversation ->
                        outbox.publishSoon(ConversationStore.OUTBOX, seen.id(), ChangeStore.unpublished(conversation)));
    }
}
