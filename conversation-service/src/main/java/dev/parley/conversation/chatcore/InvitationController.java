package dev.parley.conversation.chatcore;

import dev.parley.conversation.invitation.Invitations;
import dev.parley.conversation.membership.AcceptInvitation;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lets chat-core clients see invitations to groups, answer them and take them back. */
@RestController
@RequestMapping("/api/v1/conversations")
class InvitationController {

    private final Invitations invitations;
    private final AcceptInvitation acceptInvitation;
    private final ChangedConversations changed;
    private final InvitationViews views;

    InvitationController(
            Invitations invitations,
            AcceptInvitation acceptInvitation,
            ChangedConversations changed,
            InvitationViews views) {
        this.invitations = invitations;
        this.acceptInvitation = acceptInvitation;
        this.changed = changed;
        this.views = views;
    }

    /** What the caller is invited to. */
    @GetMapping("/invitations")
    Mono<List<InvitationViews.ReceivedView>> received(Caller caller) {
        return invitations.received(caller).flatMap(received -> views.received(received, caller));
    }

    /** Who is invited to the conversation. */
    @GetMapping("/{conversationId}/invitations")
    Mono<List<InvitationViews.SentView>> sent(@PathVariable String conversationId, Caller caller) {
        return invitations.sent(caller, conversationId).flatMap(sent -> views.sent(sent, caller));
    }

    @DeleteMapping("/{conversationId}/invitations/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> withdraw(@PathVariable String conversationId, @PathVariable String userId, Caller caller) {
        return invitations.withdraw(caller, conversationId, userId);
    }

    @PostMapping("/{conversationId}/invitation/accept")
    Mono<ConversationView> accept(@PathVariable String conversationId, Caller caller) {
        return changed.view(acceptInvitation.accept(caller, conversationId), caller);
    }

    @PostMapping("/{conversationId}/invitation/decline")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> decline(@PathVariable String conversationId, Caller caller) {
        return invitations.decline(caller, conversationId);
    }
}
