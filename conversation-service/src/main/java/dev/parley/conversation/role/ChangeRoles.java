package dev.parley.conversation.role;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.Membership;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.membership.GroupMembers;
import dev.parley.conversation.membership.RosterUpdates;
import dev.parley.conversation.membership.saga.ChangeCoordinator;
import dev.parley.conversation.membership.saga.ProposedChange;
import dev.parley.conversation.membership.saga.SystemMessages;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes members of a group admins, and admins members. The last admin stays one. */
@Component
public final class ChangeRoles {

    private final ChangeCoordinator coordinator;
    private final GroupMembers members;
    private final RosterUpdates roster;

    public ChangeRoles(ChangeCoordinator coordinator, GroupMembers members, RosterUpdates roster) {
        this.roster = roster;
        this.coordinator = coordinator;
        this.members = members;
    }

    /**
     * Gives a member another role, for admins.
     *
     * @return fails with {@link ConversationError#NO_SUCH_PARTICIPANT}, and with {@link ConversationError#LAST_ADMIN} where
     *     the only admin would not be one any more
     */
    public Mono<Conversation> give(Caller caller, String conversationId, String userId, Role role) {
        return coordinator.change(caller, conversationId, Action.CHANGE_ROLES, member -> {
            return members.require(conversationId, userId)
                    .flatMap(target -> changeable(target, role))
                    .flatMap(target -> members.profile(target, role))
                    .flatMap(target -> coordinator.carryOut(
                            caller.summary(), member.conversation(), plan(member.conversation(), target)))
                    .defaultIfEmpty(member.conversation());
        });
    }

    /** The same member; empty if the role is as wanted. */
    private Mono<Membership> changeable(Membership target, Role role) {
        if (target.role() == role) {
            return Mono.empty();
        }
        return members.isOnlyAdmin(target)
                .flatMap(only -> only
                        ? Mono.error(ApiException.of(ConversationError.LAST_ADMIN, "Make somebody else an admin first"))
                        : Mono.just(target));
    }

    private ProposedChange plan(Conversation conversation, Participant target) {
        return new ProposedChange(
                List.of(SystemMessages.roleChanged(target)),
                false,
                roster.with(conversation.roster(), target),
                conversation.participantCount());
    }
}
