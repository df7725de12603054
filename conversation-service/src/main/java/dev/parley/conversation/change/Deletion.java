package dev.parley.conversation.change;

import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
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

    Deletion(ChangeStore store, Memberships memberships) {
        this.store = store;
        this.memberships = memberships;
    }

    /** @return fails with {@link Overtaken} if the conversation is not as it was seen any more */
    Mono<Conversation> delete(Conversation seen, String deletedBy) {
        return memberships
                .ofConversation(seen.id())
                .map(Membership::userId)
                .collectList()
                .flatMap(memberIds -> store.delete(seen, deletedBy, memberIds))
                .switchIfEmpty(Mono.error(Overtaken::new))
                .flatMap(conversation -> memberships.end(seen.id()).thenReturn(conversation));
    }
}
