package dev.parley.conversation.membership.saga;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.PendingChange;
import dev.parley.conversation.membership.saga.MembershipTransitions.StoredSystemMessage;
import dev.parley.conversation.messageservice.SystemMessageClient;
import dev.parley.conversation.receipt.ReceiptCompletion;
import dev.parley.events.Block.NoticeKind.Effect;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptCompleted;
import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Carries out membership changes: message-service stores each system message, the memberships are changed by it, and then
 * the conversation is brought up to date, and what that completes is told. Every step can be repeated, also by several at once, so whoever finds a change
 * that was begun can complete it.
 */
@Component
final class MembershipSaga {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final PendingChangeStore store;
    private final SystemMessageClient systemMessages;
    private final MembershipTransitions transitions;
    private final ReceiptCompletion receiptCompletion;

    MembershipSaga(
            PendingChangeStore store,
            SystemMessageClient systemMessages,
            MembershipTransitions transitions,
            ReceiptCompletion receiptCompletion) {
        this.receiptCompletion = receiptCompletion;
        this.store = store;
        this.systemMessages = systemMessages;
        this.transitions = transitions;
    }

    /**
     * Stores a change and carries it out. If message-service certainly stored no system message, the change is taken back; if
     * that is not known, this fails and the change is carried out later. The work goes on if the caller stops waiting.
     *
     * @return the conversation afterwards; fails with {@link ConcurrentChange} if somebody else changed it meanwhile
     */
    Mono<Conversation> begin(Conversation seen, PendingChange change) {
        return Deadline.uninterrupted(store.begin(seen, change)
                .switchIfEmpty(Mono.error(ConcurrentChange::new))
                .flatMap(noted -> systemMessages
                        .store(noted, change, 0)
                        .onErrorResume(MembershipSaga::isRefusal, refused -> store.withdraw(noted)
                                .then(Mono.error(refused)))
                        .flatMap(first -> complete(noted, change, first))));
    }

    /**
     * Completes the change of a conversation that is under way, if there is one.
     *
     * @return the conversation afterwards; fails if a later version began the change in a way that this one does not know
     */
    Mono<Conversation> complete(Conversation conversation) {
        PendingChange pending = conversation.pending();
        if (pending == null) {
            return Mono.just(conversation);
        }
        if (pending.notices().stream().anyMatch(notice -> notice.kind().effect() == Effect.NONE)) {
            return Mono.error(ApiException.retryLater(
                    PlatformError.UNAVAILABLE, "The conversation is being changed by a newer version", TRY_AGAIN));
        }
        return store.markShared(conversation)
                .flatMap(shared -> {
                    PendingChange change = Objects.requireNonNull(shared.pending());
                    return systemMessages.store(shared, change, 0).flatMap(first -> complete(shared, change, first));
                })
                .switchIfEmpty(store.byId(conversation.id()));
    }

    private Mono<Conversation> complete(Conversation noted, PendingChange change, MessageSnapshot first) {
        return Flux.range(0, change.notices().size())
                .concatMap(index -> (index == 0 ? Mono.just(first) : systemMessages.store(noted, change, index))
                        .flatMap(message -> transitions
                                .apply(stored(change, index, message))
                                .thenReturn(message)))
                .collectList()
                .flatMap(messages -> finish(noted, change, messages))
                .switchIfEmpty(store.byId(noted.id()));
    }

    private Mono<Conversation> finish(Conversation noted, PendingChange change, List<MessageSnapshot> messages) {
        return receipts(noted, change, messages)
                .flatMap(receipts -> store.finish(
                        noted, change, messages.get(messages.size() - 1).createdAt(), receipts));
    }

    /** The receipts that are complete because those left who were waited for. */
    private Mono<List<ReceiptCompleted>> receipts(
            Conversation noted, PendingChange change, List<MessageSnapshot> messages) {
        return Flux.range(0, messages.size())
                .filter(index -> change.notices().get(index).kind().effect() == Effect.LEAVES)
                .concatMap(index -> receiptCompletion.byLeaving(
                        noted,
                        change.notices().get(index).members().stream()
                                .map(member -> member.user().id())
                                .toList(),
                        change.participantCount(),
                        messages.get(index).seq()))
                .collectList();
    }

    private static StoredSystemMessage stored(PendingChange change, int index, MessageSnapshot message) {
        return new StoredSystemMessage(
                message, change.notices().get(index), change.fromTheBeginning(), change.hides(), change.before());
    }

    /** Whether message-service has certainly stored nothing. */
    private static boolean isRefusal(Throwable failure) {
        if (failure instanceof SystemMessageClient.Refused || SystemMessageClient.isBusy(failure)) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }
}
