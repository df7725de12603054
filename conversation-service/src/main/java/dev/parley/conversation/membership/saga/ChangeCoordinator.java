package dev.parley.conversation.membership.saga;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.PendingChange;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.access.Member;
import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.Caller;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Makes the changes of one conversation one after the other. Each is checked against the state after the one before it, and
 * checked again if another instance was faster.
 */
@Component
public final class ChangeCoordinator {

    private static final int MAX_ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final ConversationAccess access;
    private final MembershipSaga saga;
    private final KeyedSerializer serializer;
    private final MembershipChangeSettings settings;

    ChangeCoordinator(
            ConversationAccess access,
            MembershipSaga saga,
            KeyedSerializer serializer,
            MembershipChangeSettings settings) {
        this.access = access;
        this.saga = saga;
        this.serializer = serializer;
        this.settings = settings;
    }

    /**
     * Makes a change in the name of a member.
     *
     * @param action what the member must be allowed to do
     * @param change judges and makes the change; fails with {@link ConcurrentChange} to be asked again with the newer state
     * @return the conversation afterwards
     */
    public Mono<Conversation> change(
            Caller caller, String conversationId, Action action, Function<Member, Mono<Conversation>> change) {
        return change(caller, caller.userId(), conversationId, action, change);
    }

    /** Like the other one, but what a member may do decides who is not the caller. */
    public Mono<Conversation> change(
            Caller caller,
            String memberId,
            String conversationId,
            Action action,
            Function<Member, Mono<Conversation>> change) {
        Mono<Conversation> attempt = access.find(caller, conversationId)
                .flatMap(saga::complete)
                .flatMap(conversation -> access.require(conversation, memberId, action))
                .flatMap(change)
                .retryWhen(Retry.backoff(MAX_ATTEMPTS, PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .filter(ConcurrentChange.class::isInstance)
                        .onRetryExhaustedThrow((attempts, last) -> ApiException.retryLater(
                                PlatformError.UNAVAILABLE,
                                "Too many change the conversation at once",
                                Duration.ofSeconds(1))));
        return serializer.run(conversationId, attempt).timeout(settings.patience());
    }

    /** Makes the change of a plan, if it changes anything. @param actor who makes it, as the system messages say */
    public Mono<Conversation> carryOut(UserSummary actor, Conversation conversation, ProposedChange plan) {
        if (plan.notices().isEmpty()) {
            return Mono.just(conversation);
        }
        return saga.begin(
                conversation,
                new PendingChange(
                        conversation.revision() + 1,
                        actor,
                        plan.notices(),
                        conversation.settings().historyVisibleToNewMembers(),
                        plan.hides(),
                        plan.roster(),
                        plan.participantCount(),
                        false,
                        plan.snapshotOf(conversation)));
    }
}
