package dev.parley.conversation.chatcore;

import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.deletion.DeleteConversation;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Conversations for chat-core clients. */
@RestController
@RequestMapping("/api/v1/conversations")
class ConversationController {

    private final DeleteConversation deleteConversation;
    private final ConversationAccess access;
    private final ConversationViews views;

    ConversationController(DeleteConversation deleteConversation, ConversationAccess access, ConversationViews views) {
        this.deleteConversation = deleteConversation;
        this.access = access;
        this.views = views;
    }

    @GetMapping("/{conversationId}")
    Mono<ConversationView> get(@PathVariable String conversationId, Caller caller) {
        return access.requireUpToDate(caller, conversationId, Action.READ).flatMap(views::of);
    }

    @DeleteMapping("/{conversationId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String conversationId, Caller caller) {
        return deleteConversation.delete(caller, conversationId);
    }
}
