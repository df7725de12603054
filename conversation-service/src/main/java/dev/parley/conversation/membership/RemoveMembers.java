package dev.parley.conversation.membership;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.membership.saga.ChangeCoordinator;
import dev.parley.conversation.membership.saga.ProposedChange;
import dev.parley.conversation.membership.saga.SystemMessages;
import dev.parley.events.Participant;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes members from a group. */
@Component
public final class RemoveMembers {

    private final ChangeCoordinator coordinator;
    private final GroupMembers members;
    private final RosterUpdates roster;
    private final LeaveGroup leaveGroup;

    RemoveMembers(ChangeCoordinator coordinator, GroupMembers members, RosterUpdates roster, LeaveGroup leaveGroup) {
        this.coordinator = coordinator;
        this.members = members;
        this.roster = roster;
        this.leaveGroup = leaveGroup;
    }

    /**
     * Removes a member, for admins; whoever removes oneself leaves.
     *
     * @return fails with {@link ConversationError#NO_SUCH_PARTICIPANT}
     */
    public Mono<Conversation> remove(Caller caller, String conversationId, String userId) {
        if (userId.equals(caller.userId())) {
            return leaveGroup.leave(caller, conversationId, false);
        }
        return coordinator.change(caller, conversationId, Action.REMOVE_MEMBERS, member -> {
            Conversation conversation = member.conversation();
            return members.require(conversationId, userId)
                    .flatMap(target -> members.profile(target, target.role()))
                    .zipWith(roster.without(conversation, userId))
                    .flatMap(both -> coordinator.carryOut(
                            caller.summary(), conversation, plan(caller, conversation, both.getT1(), both.getT2())));
        });
    }

    private static ProposedChange plan(
            Caller caller, Conversation conversation, Participant removed, List<RosterEntry> rest) {
        return new ProposedChange(
                List.of(SystemMessages.removed(caller.summary(), removed)),
                false,
                rest,
                conversation.participantCount() - 1);
    }
}
