package dev.parley.conversation.deletion;

import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.hide.HideConversation;
import dev.parley.conversation.membership.saga.ChangeCoordinator;
import dev.parley.conversation.membership.saga.GroupDeletion;
import dev.parley.events.ConversationKind;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes conversations out of lists: a group out of everybody's, any other, and one that was left, out of one's own. */
@Component
public final class DeleteConversation {

    private final ConversationAccess access;
    private final ChangeCoordinator coordinator;
    private final HideConversation hideConversation;
    private final GroupDeletion deletion;

    DeleteConversation(
            ConversationAccess access,
            ChangeCoordinator coordinator,
            HideConversation hideConversation,
            GroupDeletion deletion) {
        this.access = access;
        this.coordinator = coordinator;
        this.hideConversation = hideConversation;
        this.deletion = deletion;
    }

    /**
     * Deletes a group for everybody if the caller is an admin of it. A conversation that is not a group, or that the caller
     * is no longer in, is deleted for the caller alone.
     *
     * @return fails with {@link dev.parley.conversation.ConversationError#NOT_AN_ADMIN} for another member of a group
     */
    public Mono<Void> delete(Caller caller, String conversationId) {
        return access.require(caller, conversationId, Action.SET_PERSONAL_STATE).flatMap(member -> {
            if (!member.membership().active()) {
                return hideConversation.hideFormer(member);
            }
            return member.conversation().kind() == ConversationKind.GROUP
                    ? forEverybody(caller, conversationId)
                    : hideConversation.hide(caller, conversationId);
        });
    }

    private Mono<Void> forEverybody(Caller caller, String conversationId) {
        return coordinator
                .change(caller, conversationId, Action.DELETE_FOR_EVERYBODY, member -> {
                    return deletion.delete(member.conversation(), caller.userId());
                })
                .then();
    }
}
