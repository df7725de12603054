package dev.parley.message.chatcore;

import dev.parley.message.pin.PinnedMessages;
import dev.parley.message.pin.Pins;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Pins and unpins messages and lists the pinned ones for chat-core clients. */
@RestController
@RequestMapping("/api/v1")
class PinController {

    private final Pins pins;
    private final PinnedMessages pinnedMessages;
    private final MessageViews views;

    PinController(Pins pins, PinnedMessages pinnedMessages, MessageViews views) {
        this.pins = pins;
        this.pinnedMessages = pinnedMessages;
        this.views = views;
    }

    @GetMapping("/conversations/{conversationId}/messages/pinned")
    Mono<List<MessageView>> pinned(@PathVariable String conversationId, Caller caller) {
        return pinnedMessages.list(caller, conversationId).flatMap(messages -> views.of(messages, caller));
    }

    @PostMapping("/messages/{messageId}/pin")
    Mono<MessageView> pin(@PathVariable String messageId, Caller caller) {
        return pins.pin(caller, messageId).flatMap(message -> views.of(message, caller));
    }

    @DeleteMapping("/messages/{messageId}/pin")
    Mono<MessageView> unpin(@PathVariable String messageId, Caller caller) {
        return pins.unpin(caller, messageId).flatMap(message -> views.of(message, caller));
    }
}
