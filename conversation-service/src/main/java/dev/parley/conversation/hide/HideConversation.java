package dev.parley.conversation.hide;

import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipUpdates;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.messageservice.UnreadRange;
import dev.parley.conversation.pin.PinSlots;
import dev.parley.conversation.readpointer.AdvanceReadPointer;
import dev.parley.events.ConversationDeleted;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes a conversation for one member alone. Nothing in it counts as unread then, and nobody else is told. */
@Component
public final class HideConversation {

    private final ConversationStore conversations;
    private final MembershipUpdates memberships;
    private final AdvanceReadPointer pointers;
    private final UnhideConversation unhideConversation;
    private final EventCodec events;

    HideConversation(
            ConversationStore conversations,
            MembershipUpdates memberships,
            AdvanceReadPointer pointers,
            UnhideConversation unhideConversation,
            EventCodec events) {
        this.conversations = conversations;
        this.memberships = memberships;
        this.pointers = pointers;
        this.unhideConversation = unhideConversation;
        this.events = events;
    }

    /**
     * Takes a conversation with its history out of the caller's list. One that the caller takes part in comes back with
     * the next message.
     */
    public Mono<Void> hide(Caller caller, String conversationId) {
        return pointers.toNewest(caller, conversationId, this::hide)
                .flatMap(this::bringBackIfMissed)
                .then();
    }

    /**
     * Takes a conversation that a user has left out of that user's list. Nothing happens if the user was added again in the
     * meantime.
     */
    public Mono<Void> hideFormer(Member member) {
        Membership former = member.membership();
        Criteria unchanged = MembershipUpdates.guard(former)
                .and("active")
                .is(false)
                .and("changedSeq")
                .is(former.changedSeq())
                .and("personal.hidden")
                .is(false);
        Update hidden = new Update().set("personal.hidden", true).set("personal.clearedSeq", former.changedSeq());
        ConversationDeleted deleted =
                new ConversationDeleted(former.conversationId(), former.tenantId(), former.userId(), former.userId());
        return memberships.apply(unchanged, hidden, events.pending(deleted)).then();
    }

    private Mono<Membership> hide(Member member, UnreadRange range) {
        Membership membership = member.membership();
        Update hide = PinSlots.unpin(new Update())
                .set("personal.hidden", true)
                .max("personal.clearedSeq", range.position().seq());
        return membership.personal().hidden()
                ? Mono.just(membership)
                : pointers.clear(
                        member,
                        range,
                        hide,
                        events.pending(new ConversationDeleted(
                                membership.conversationId(),
                                membership.tenantId(),
                                membership.userId(),
                                membership.userId(),
                                List.of(),
                                range.position().countStart())));
    }

    /** A message that was noted before the conversation was hidden has not brought it back. */
    private Mono<Membership> bringBackIfMissed(Membership hidden) {
        return conversations
                .byId(hidden.tenantId(), hidden.conversationId())
                .filter(conversation -> hidden.active()
                        && conversation.lastSeq() > hidden.personal().clearedSeq())
                .flatMap(conversation -> unhideConversation.unhide(hidden));
    }
}
