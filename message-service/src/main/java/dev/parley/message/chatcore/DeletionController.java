package dev.parley.message.chatcore;

import dev.parley.message.deletion.DeleteMessage;
import dev.parley.message.hiding.HideMessage;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Deletes a message for chat-core clients: for everyone, or for the caller alone. */
@RestController
@RequestMapping("/api/v1/messages/{messageId}")
class DeletionController {

    private final DeleteMessage deletion;
    private final HideMessage hiding;
    private final MessageViews views;

    DeletionController(DeleteMessage deletion, HideMessage hiding, MessageViews views) {
        this.deletion = deletion;
        this.hiding = hiding;
        this.views = views;
    }

    @DeleteMapping
    Mono<MessageView> delete(@PathVariable String messageId, Caller caller) {
        return deletion.delete(caller, messageId).flatMap(message -> views.of(message, caller));
    }

    @DeleteMapping("/me")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> hide(@PathVariable String messageId, Caller caller) {
        return hiding.hide(caller, messageId);
    }
}
