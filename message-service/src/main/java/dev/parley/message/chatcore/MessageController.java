package dev.parley.message.chatcore;

import dev.parley.platform.json.RequestJson;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.IdempotencyKey;
import dev.parley.surface.chatcore.MessageView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes the messages of chat-core clients over REST. */
@RestController
@RequestMapping("/api/v1/conversations/{conversationId}/messages")
class MessageController {

    private final SendHandler sends;

    MessageController(SendHandler sends) {
        this.sends = sends;
    }

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<MessageView> send(
            @PathVariable String conversationId,
            @RequestBody byte[] body,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
            Caller caller) {
        return sends.send(caller, conversationId, RequestJson.text(body), idempotencyKey);
    }
}
