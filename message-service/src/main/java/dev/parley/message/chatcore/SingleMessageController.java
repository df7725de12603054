package dev.parley.message.chatcore;

import dev.parley.message.MessageSettings;
import dev.parley.message.edit.EditMessage;
import dev.parley.message.history.VisibleMessages;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Shows and edits one message for chat-core clients. */
@RestController
@RequestMapping("/api/v1/messages/{messageId}")
class SingleMessageController {

    private final VisibleMessages messages;
    private final EditMessage edits;
    private final MessageViews views;
    private final MessageSettings settings;

    SingleMessageController(VisibleMessages messages, EditMessage edits, MessageViews views, MessageSettings settings) {
        this.messages = messages;
        this.edits = edits;
        this.views = views;
        this.settings = settings;
    }

    @GetMapping
    Mono<MessageView> get(@PathVariable String messageId, Caller caller) {
        return messages.find(caller, messageId).flatMap(found -> views.of(found.message(), caller));
    }

    @PatchMapping
    Mono<MessageView> edit(@PathVariable String messageId, @RequestBody JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        String text = fields.writtenText("text", settings.maxTextLength());
        fields.verify();
        return edits.edit(caller, messageId, text).flatMap(message -> views.of(message, caller));
    }
}
