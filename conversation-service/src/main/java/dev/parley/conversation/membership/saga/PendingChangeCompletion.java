package dev.parley.conversation.membership.saga;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.PendingChange;
import dev.parley.conversation.access.PendingChanges;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Completes membership changes for the users whom they concern. */
@Component
final class PendingChangeCompletion implements PendingChanges {

    /** More are under way in one tenant only while message-service is away, and then none of them can be ended. */
    private static final int MAX_UNDER_WAY = 1_000;

    private final PendingChangeStore store;
    private final MembershipSaga saga;

    PendingChangeCompletion(PendingChangeStore store, MembershipSaga saga) {
        this.store = store;
        this.saga = saga;
    }

    @Override
    public Mono<Conversation> complete(Conversation conversation, String userId) {
        return concerns(conversation, userId) ? saga.complete(conversation) : Mono.just(conversation);
    }

    @Override
    public Mono<Void> completeAll(Caller caller) {
        return store.pendingIn(caller.tenantId(), MAX_UNDER_WAY)
                .filter(conversation -> concerns(conversation, caller.userId()))
                .concatMap(saga::complete)
                .then();
    }

    private static boolean concerns(Conversation conversation, String userId) {
        PendingChange pending = conversation.pending();
        return pending != null && pending.concerns(userId);
    }
}
