package dev.parley.conversation.membership.saga;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.invitation.AdmitPeople;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Deletes conversations for everybody. From then on there is none; the memberships end at once, and again when the event is
 * read, so that a crash in between leaves nobody in it.
 */
@Component
public final class GroupDeletion {

    private final PendingChangeStore store;
    private final MembershipStore memberships;
    private final AdmitPeople admitPeople;

    GroupDeletion(PendingChangeStore store, MembershipStore memberships, AdmitPeople admitPeople) {
        this.store = store;
        this.memberships = memberships;
        this.admitPeople = admitPeople;
    }

    /** @return fails with {@link ConcurrentChange} if the conversation is not as it was seen any more */
    public Mono<Conversation> delete(Conversation seen, String deletedBy) {
        return memberships
                .ofConversation(seen.id())
                .map(Membership::userId)
                .collectList()
                .flatMap(memberIds -> store.delete(seen, deletedBy, memberIds))
                .switchIfEmpty(Mono.error(ConcurrentChange::new))
                .flatMap(conversation -> memberships
                        .end(seen.id())
                        .then(admitPeople.askNobody(seen.id()))
                        .thenReturn(conversation));
    }
}
