package dev.parley.conversation.change;

import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.MembershipChanges;
import dev.parley.conversation.personal.Clearing;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationKind;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.security.Caller;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes conversations out of lists: a group out of everybody's, any other, and one that was left, out of one's own. */
@Component
public final class Removal {

    private final ConversationAccess access;
    private final ChangeRunner runner;
    private final Departures departures;
    private final Clearing clearing;
    private final Deletion deletion;
    private final MembershipChanges changes;
    private final EventCodec events;

    Removal(
            ConversationAccess access,
            ChangeRunner runner,
            Departures departures,
            Clearing clearing,
            Deletion deletion,
            MembershipChanges changes,
            EventCodec events) {
        this.access = access;
        this.runner = runner;
        this.departures = departures;
        this.clearing = clearing;
        this.deletion = deletion;
        this.changes = changes;
        this.events = events;
    }

    /**
     * Deletes a group for everybody if the caller is an admin of it. A conversation that is not a group, or that the caller
     * is no longer in, is deleted for the caller alone.
     *
     * @return fails with {@link dev.parley.conversation.ConversationError#NOT_AN_ADMIN} for another member of a group
     */
    public Mono<Void> delete(Caller caller, String conversationId) {
        return access.viewer(caller, conversationId).flatMap(member -> {
            if (!member.membership().active()) {
                return forOneself(member);
            }
            return member.conversation().kind() == ConversationKind.GROUP
                    ? forEverybody(caller, conversationId)
                    : clearing.hide(caller, conversationId);
        });
    }

    /**
     * Lets the caller leave a group.
     *
     * @param andDelete whether the caller deletes the conversation for oneself, too; one that is not a group cannot be left,
     *     so it is only deleted
     */
    public Mono<Void> leave(Caller caller, String conversationId, boolean andDelete) {
        return access.member(caller, conversationId)
                .flatMap(member -> andDelete && member.conversation().kind() != ConversationKind.GROUP
                        ? clearing.hide(caller, conversationId)
                        : departures.leave(caller, conversationId, andDelete).then());
    }

    private Mono<Void> forEverybody(Caller caller, String conversationId) {
        return runner.inTurn(caller, conversationId, member -> {
                    ConversationAccess.requireGroup(member);
                    ConversationAccess.requireAdmin(member);
                    return deletion.delete(member.conversation(), caller.userId());
                })
                .then();
    }

    /** Another device of the same user has it in its list, too. One who was added again meanwhile keeps it. */
    private Mono<Void> forOneself(Member member) {
        Membership former = member.membership();
        Criteria unchanged = MembershipChanges.guard(former)
                .and("active")
                .is(false)
                .and("changedSeq")
                .is(former.changedSeq())
                .and("personal.hidden")
                .is(false);
        Update hidden = new Update().set("personal.hidden", true).set("personal.clearedSeq", former.changedSeq());
        ConversationDeleted deleted =
                new ConversationDeleted(former.conversationId(), former.tenantId(), former.userId(), former.userId());
        return changes.apply(unchanged, hidden, events.pending(deleted)).then();
    }
}
