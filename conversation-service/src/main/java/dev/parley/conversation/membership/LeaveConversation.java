package dev.parley.conversation.membership;

import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.hide.HideConversation;
import dev.parley.events.ConversationKind;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets members leave a conversation, and delete it for themselves at the same time if they want to. */
@Component
public final class LeaveConversation {

    private final ConversationAccess access;
    private final LeaveGroup leaveGroup;
    private final HideConversation hideConversation;

    LeaveConversation(ConversationAccess access, LeaveGroup leaveGroup, HideConversation hideConversation) {
        this.access = access;
        this.leaveGroup = leaveGroup;
        this.hideConversation = hideConversation;
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
                        ? hideConversation.hide(caller, conversationId)
                        : leaveGroup.leave(caller, conversationId, andDelete).then());
    }
}
