package dev.parley.conversation.change;

import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.Conversation.PendingChange;
import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.conversation.Member;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.Caller;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Makes the changes of one conversation one after the other: each is judged by what the one before it left, and judged
 * again where another instance was faster.
 */
@Component
final class ChangeRunner {

    private static final int MAX_ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final ConversationAccess access;
    private final Execution execution;
    private final Turns turns;
    private final ChangeSettings settings;

    ChangeRunner(ConversationAccess access, Execution execution, Turns turns, ChangeSettings settings) {
        this.access = access;
        this.execution = execution;
        this.turns = turns;
        this.settings = settings;
    }

    /**
     * Makes a change in the name of an active member.
     *
     * @param change judges and makes the change; fails with {@link Overtaken} to be asked again with the newer state
     * @return the conversation afterwards
     */
    Mono<Conversation> inTurn(Caller caller, String conversationId, Function<Member, Mono<Conversation>> change) {
        Mono<Conversation> attempt = access.find(caller, conversationId)
                .flatMap(execution::complete)
                .flatMap(conversation -> access.member(conversation, caller.userId()))
                .flatMap(change)
                .retryWhen(Retry.backoff(MAX_ATTEMPTS, PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .filter(Overtaken.class::isInstance)
                        .onRetryExhaustedThrow((attempts, last) -> ApiException.retryLater(
                                PlatformError.UNAVAILABLE,
                                "Too many change the conversation at once",
                                Duration.ofSeconds(1))));
        return turns.inTurn(conversationId, attempt).timeout(settings.patience());
    }

    /** Makes the change of a plan, if it changes anything. */
    Mono<Conversation> carryOut(Caller caller, Conversation conversation, Plan plan) {
        if (plan.notices().isEmpty()) {
            return Mono.just(conversation);
        }
        return execution.begin(
                conversation,
                new PendingChange(
                        conversation.revision() + 1,
                        caller.summary(),
                        plan.notices(),
                        conversation.settings().historyVisibleToNewMembers(),
                        plan.hides(),
                        plan.roster(),
                        plan.participantCount(),
                        false));
    }
}
