package dev.parley.conversation.change;

import dev.parley.conversation.conversation.ChangesUnderWay;
import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.Conversation.PendingChange;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends changes for those whom they concern. */
@Component
final class ChangesEnded implements ChangesUnderWay {

    /** More are under way in one tenant only while message-service is away, and then none of them can be ended. */
    private static final int MAX_UNDER_WAY = 1_000;

    private final ChangeStore store;
    private final Execution execution;

    ChangesEnded(ChangeStore store, Execution execution) {
        this.store = store;
        this.execution = execution;
    }

    @Override
    public Mono<Conversation> end(Conversation conversation, String userId) {
        return concerns(conversation, userId) ? execution.complete(conversation) : Mono.just(conversation);
    }

    @Override
    public Mono<Void> endAll(Caller caller) {
        return store.underWay(caller.tenantId(), MAX_UNDER_WAY)
                .filter(conversation -> concerns(conversation, caller.userId()))
                .concatMap(execution::complete)
                .then();
    }

    private static boolean concerns(Conversation conversation, String userId) {
        PendingChange pending = conversation.pending();
        return pending != null && pending.concerns(userId);
    }
}
