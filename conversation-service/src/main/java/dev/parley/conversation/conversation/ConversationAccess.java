package dev.parley.conversation.conversation;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The one place that says whether somebody may see a conversation. */
@Component
public final class ConversationAccess {

    private final ConversationStore store;
    private final Memberships memberships;

    ConversationAccess(ConversationStore store, Memberships memberships) {
        this.store = store;
        this.memberships = memberships;
    }

    /**
     * The caller as a member of a conversation.
     *
     * @return fails with {@link ConversationError#NOT_FOUND} where the caller's tenant has no such conversation, with
     *     {@link ConversationError#NOT_A_MEMBER} where the caller is not in it
     */
    public Mono<Member> member(Caller caller, String conversationId) {
        Mono<Conversation> conversation = store.byId(caller.tenantId(), conversationId)
                .switchIfEmpty(
                        Mono.error(ApiException.of(ConversationError.NOT_FOUND, "No conversation " + conversationId)));
        Mono<Membership> membership = memberships
                .of(conversationId, caller.userId())
                .filter(found -> found.active() && found.approved())
                .switchIfEmpty(Mono.error(
                        ApiException.of(ConversationError.NOT_A_MEMBER, "You are not in this conversation")));
        return conversation.zipWhen(found -> membership, Member::new);
    }
}
