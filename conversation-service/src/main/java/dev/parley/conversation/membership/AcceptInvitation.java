package dev.parley.conversation.membership;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.invitation.Invitation;
import dev.parley.conversation.invitation.Invitations;
import dev.parley.conversation.membership.saga.ChangeCoordinator;
import dev.parley.events.Participant;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes those members who accept an invitation, in the name of who invited them. */
@Component
public final class AcceptInvitation {

    private final Invitations invitations;
    private final ChangeCoordinator coordinator;
    private final UserDirectory users;
    private final JoinGroup joinGroup;

    AcceptInvitation(Invitations invitations, ChangeCoordinator coordinator, UserDirectory users, JoinGroup joinGroup) {
        this.invitations = invitations;
        this.coordinator = coordinator;
        this.users = users;
        this.joinGroup = joinGroup;
    }

    /**
     * Makes the caller a member.
     *
     * @return fails with {@link ConversationError#NO_SUCH_INVITATION} if there is no invitation, and if who sent it may not
     *     add the caller any more; with {@link ConversationError#TOO_MANY_PARTICIPANTS} while the group is full
     */
    public Mono<Conversation> accept(Caller caller, String conversationId) {
        return invitations.require(caller, conversationId).flatMap(invitation -> join(caller, invitation)
                .onErrorResume(
                        AcceptInvitation::isVoid,
                        gone -> invitations.end(invitation).then(Mono.error(Invitations::none)))
                .flatMap(conversation -> invitations.accepted(invitation).thenReturn(conversation)));
    }

    private Mono<Conversation> join(Caller caller, Invitation invitation) {
        return coordinator.change(
                caller,
                invitation.invitedBy(),
                invitation.conversationId(),
                AddMembers.actionFor(invitation.role()),
                inviter -> joinGroup
                        .absent(invitation.conversationId(), List.of(caller.userId()))
                        .map(absent -> absent.stream()
                                .map(id ->
                                        new Participant(caller.summary(), invitation.role(), ConversationUpdates.now()))
                                .toList())
                        .zipWith(users.profile(invitation.invitedBy(), caller))
                        .flatMap(both -> joinGroup.join(inviter.conversation(), both.getT2(), both.getT1())));
    }

    /** Whether the group is gone, or who sent the invitation may not add members to it any more. */
    private static boolean isVoid(Throwable failure) {
        return failure instanceof ApiException refused
                && refused.code() instanceof ConversationError error
                && switch (error) {
                    case NOT_FOUND, NOT_A_MEMBER, NOT_PERMITTED, NOT_AN_ADMIN -> true;
                    default -> false;
                };
    }
}
