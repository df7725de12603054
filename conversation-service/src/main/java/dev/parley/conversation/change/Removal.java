package dev.parley.conversation.change;

import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.conversation.ConversationChanges;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.membership.Memberships;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationKind;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes conversations out of lists: a group out of everybody's, what somebody is no longer in out of one's own. */
@Component
public final class Removal {

    private final ConversationAccess access;
    private final ChangeRunner runner;
    private final Deletion deletion;
    private final Memberships memberships;
    private final ConversationChanges changes;

    Removal(
            ConversationAccess access,
            ChangeRunner runner,
            Deletion deletion,
            Memberships memberships,
            ConversationChanges changes) {
        this.access = access;
        this.runner = runner;
        this.deletion = deletion;
        this.memberships = memberships;
        this.changes = changes;
    }

    /**
     * Deletes a group for everybody if the caller is an admin of it, and a conversation that the caller is no longer in for
     * the caller alone.
     *
     * @return fails with the refusals of {@link ConversationAccess#admin}
     */
    public Mono<Void> delete(Caller caller, String conversationId) {
        return access.viewer(caller, conversationId).flatMap(member -> {
            if (!member.membership().active()) {
                return forOneself(member);
            }
            return member.conversation().kind() == ConversationKind.GROUP
                    ? forEverybody(caller, conversationId)
                    : forOneselfAsMember(member);
        });
    }

    private Mono<Void> forEverybody(Caller caller, String conversationId) {
        return runner.inTurn(caller, conversationId, member -> {
                    ConversationAccess.requireGroup(member);
                    ConversationAccess.requireAdmin(member);
                    return deletion.delete(member.conversation(), caller.userId());
                })
                .then();
    }

    /** The other side may write again, so a direct conversation is only out of sight: not here yet. */
    private Mono<Void> forOneselfAsMember(Member member) {
        ConversationAccess.requireGroup(member);
        return Mono.empty();
    }

    /** Another device of the same user has it in its list, too. */
    private Mono<Void> forOneself(Member member) {
        String id = member.conversation().id();
        String userId = member.membership().userId();
        ConversationDeleted deleted =
                new ConversationDeleted(id, member.conversation().tenantId(), userId, userId);
        return memberships
                .hideFormer(member.membership())
                .then(changes.change(Query.query(Criteria.where("_id").is(id)), new Update(), List.of(deleted)))
                .then();
    }
}
