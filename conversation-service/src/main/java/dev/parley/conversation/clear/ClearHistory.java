package dev.parley.conversation.clear;

import dev.parley.conversation.Membership;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.messageservice.UnreadRange;
import dev.parley.conversation.readpointer.AdvanceReadPointer;
import dev.parley.events.ConversationUpdated;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.security.Caller;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Clears the history of a conversation for one member alone. Nothing in it counts as unread then, and nobody else is told. */
@Component
public final class ClearHistory {

    private final AdvanceReadPointer pointers;
    private final EventCodec events;

    ClearHistory(AdvanceReadPointer pointers, EventCodec events) {
        this.pointers = pointers;
        this.events = events;
    }

    /** Hides all messages that the conversation has now from the caller. */
    public Mono<Void> clear(Caller caller, String conversationId) {
        return pointers.toNewest(caller, conversationId, this::clear).then();
    }

    private Mono<Membership> clear(Member member, UnreadRange range) {
        Membership membership = member.membership();
        long seq = range.position().seq();
        return seq <= membership.personal().clearedSeq()
                ? Mono.just(membership)
                : pointers.clear(
                        member,
                        range,
                        new Update().max("personal.clearedSeq", seq),
                        events.pending(ConversationUpdated.cleared(
                                membership.conversationId(),
                                membership.tenantId(),
                                membership.userId(),
                                range.position().countStart())));
    }
}
