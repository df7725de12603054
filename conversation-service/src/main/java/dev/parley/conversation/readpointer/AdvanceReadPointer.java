package dev.parley.conversation.readpointer;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.Membership;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.messageservice.MessageServiceClient;
import dev.parley.conversation.messageservice.UnreadRange;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.security.Caller;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Moves the caller's read pointer: asks message-service what lies between the pointer and the target, and writes the pointer
 * if nobody moved it in the meantime; otherwise begins again.
 */
@Component
public final class AdvanceReadPointer {

    private static final OptimisticUpdate UPDATE =
            new OptimisticUpdate(20, Duration.ofMillis(1), Duration.ofMillis(40));
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final ConversationAccess access;
    private final MessageServiceClient messageService;
    private final ReadPointerUpdates updates;

    AdvanceReadPointer(ConversationAccess access, MessageServiceClient messageService, ReadPointerUpdates updates) {
        this.access = access;
        this.messageService = messageService;
        this.updates = updates;
    }

    /**
     * Makes a change that is about all that the conversation has now.
     *
     * @param change gets the member and what the member has not read; empty if the pointer was moved in the meantime
     * @return fails with {@link ConversationError#BUSY} if the pointer is moved again and again
     */
    public Mono<Membership> toNewest(
            Caller caller, String conversationId, BiFunction<Member, UnreadRange, Mono<Membership>> change) {
        return attempt(
                caller, conversationId, member -> range(member, null).flatMap(range -> change.apply(member, range)));
    }

    /**
     * Has nothing up to the end of a range count as unread any more. The pointer stays, and nobody is told.
     *
     * @param also what else is written, with the same write
     * @return empty if the pointer was moved since the member was read, and then nothing is written
     */
    public Mono<Membership> clear(Member member, UnreadRange range, Update also, PendingEvent... published) {
        return updates.clear(member, range.position(), also, published);
    }

    /** @return empty if the pointer was moved since the member was read, and then nothing is written */
    Mono<Membership> move(Member member, UnreadRange range) {
        return updates.move(member, range);
    }

    /** What the member has not read. @param messageId where it ends; null for the newest message */
    Mono<UnreadRange> range(Member member, @Nullable String messageId) {
        Membership membership = member.membership();
        return messageService.upTo(
                membership.tenantId(),
                membership.conversationId(),
                membership.userId(),
                messageId,
                membership.reading().readSeq());
    }

    /** @param change empty if the pointer was moved in the meantime; it is tried again then */
    Mono<Membership> attempt(Caller caller, String conversationId, Function<Member, Mono<Membership>> change) {
        return UPDATE.run(
                Mono.defer(() -> access.require(caller, conversationId, Action.SET_PERSONAL_STATE)),
                change,
                () -> ApiException.retryLater(
                        ConversationError.BUSY, "Several of your devices read this at once", TRY_AGAIN));
    }
}
