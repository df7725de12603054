package dev.parley.message.chatcore;

import dev.parley.message.MessageSettings;
import dev.parley.message.send.Sending;
import dev.parley.message.timeline.Message;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import java.time.Duration;
import java.time.Instant;
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

/** Takes the messages of chat-core clients. */
@RestController
@RequestMapping("/api/v1/conversations/{conversationId}/messages")
class MessageController {

    /** As long as receipts may take to be seen anyway. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Sending sending;
    private final MessageViews views;
    private final MessageSettings settings;

    MessageController(Sending sending, MessageViews views, MessageSettings settings) {
        this.sending = sending;
        this.views = views;
        this.settings = settings;
    }

    /**
     * The body comes as it was written, because what the sender encrypted is relayed so.
     *
     * @param idempotencyKey names the message as {@code tempId} does, where the body does not
     */
    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<MessageView> send(
            @PathVariable String conversationId,
            @RequestBody String body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            Caller caller) {
        SendRequest request = SendRequest.read(body, idempotencyKey, settings);
        return sending.send(caller, conversationId, request.blocks(), request.replyTo(), request.tempId())
                .flatMap(message -> shown(message, caller));
    }

    /** A message of this moment is as it was sent; one of an earlier attempt may have come further since. */
    private Mono<MessageView> shown(Message message, Caller caller) {
        return message.createdAt().isAfter(Instant.now().minus(FRESH))
                ? Mono.just(MessageView.of(message.snapshot(caller.summary()), message.clientId()))
                : views.of(message, caller);
    }
}
