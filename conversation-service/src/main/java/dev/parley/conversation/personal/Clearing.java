package dev.parley.conversation.personal;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.conversation.ConversationStore;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Returning;
import dev.parley.conversation.reading.ReadReceipts;
import dev.parley.conversation.timeline.Stretch;
import dev.parley.conversation.timeline.Timeline;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationUpdated;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.security.Caller;
import java.time.Duration;
import java.util.function.BiFunction;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes for one member alone what is in a conversation, or the conversation. Everything in it counts as read then. */
@Component
public final class Clearing {

    private static final int MAX_ATTEMPTS = 20;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final ConversationAccess access;
    private final ConversationStore conversations;
    private final Timeline timeline;
    private final ReadReceipts receipts;
    private final Returning returning;
    private final EventCodec events;

    Clearing(
            ConversationAccess access,
            ConversationStore conversations,
            Timeline timeline,
            ReadReceipts receipts,
            Returning returning,
            EventCodec events) {
        this.access = access;
        this.conversations = conversations;
        this.timeline = timeline;
        this.receipts = receipts;
        this.returning = returning;
        this.events = events;
    }

    /** Takes everything that is in a conversation out of the caller's sight. */
    public Mono<Void> clear(Caller caller, String conversationId) {
        return attempt(caller, conversationId, this::clear, MAX_ATTEMPTS).then();
    }

    /**
     * Takes a conversation with its history out of the caller's list. One that the caller takes part in comes back with
     * the next message.
     */
    public Mono<Void> hide(Caller caller, String conversationId) {
        return attempt(caller, conversationId, this::hide, MAX_ATTEMPTS)
                .flatMap(this::bringBackIfMissed)
                .then();
    }

    private Mono<Membership> attempt(
            Caller caller,
            String conversationId,
            BiFunction<Member, Stretch, Mono<Membership>> change,
            int attemptsLeft) {
        if (attemptsLeft == 0) {
            return Mono.error(ApiException.retryLater(
                    ConversationError.BUSY, "Several of your devices read this at once", TRY_AGAIN));
        }
        return access.viewer(caller, conversationId)
                .flatMap(member -> timeline.upTo(
                                caller.tenantId(),
                                conversationId,
                                caller.userId(),
                                null,
                                member.membership().reading().readSeq())
                        .flatMap(stretch -> change.apply(member, stretch)))
                .switchIfEmpty(Mono.defer(() -> attempt(caller, conversationId, change, attemptsLeft - 1)));
    }

    private Mono<Membership> clear(Member member, Stretch stretch) {
        Membership membership = member.membership();
        long seq = stretch.place().seq();
        return seq <= membership.personal().clearedSeq()
                ? Mono.just(membership)
                : receipts.move(
                        member,
                        stretch,
                        new Update().max("personal.clearedSeq", seq),
                        events.pending(new ConversationUpdated(
                                membership.conversationId(), membership.tenantId(), membership.userId())));
    }

    private Mono<Membership> hide(Member member, Stretch stretch) {
        Membership membership = member.membership();
        Update hide = PinSlots.unpin(new Update())
                .set("personal.hidden", true)
                .max("personal.clearedSeq", stretch.place().seq());
        return membership.personal().hidden()
                ? Mono.just(membership)
                : receipts.move(
                        member,
                        stretch,
                        hide,
                        events.pending(new ConversationDeleted(
                                membership.conversationId(),
                                membership.tenantId(),
                                membership.userId(),
                                membership.userId())));
    }

    /** A message that was noted before the conversation was hidden has not brought it back. */
    private Mono<Membership> bringBackIfMissed(Membership hidden) {
        return conversations
                .byId(hidden.tenantId(), hidden.conversationId())
                .filter(conversation -> hidden.active()
                        && conversation.lastSeq() > hidden.personal().clearedSeq())
                .flatMap(conversation -> returning.bringBack(hidden));
    }
}
