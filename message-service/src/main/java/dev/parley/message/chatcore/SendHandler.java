package dev.parley.message.chatcore;

import dev.parley.message.MessageSettings;
import dev.parley.message.send.SendMessage;
import dev.parley.message.store.Message;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What chat-core clients send, whichever way it comes. */
@Component
final class SendHandler {

    /** As long as receipts may take to be seen anyway. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final SendMessage sending;
    private final MessageViews views;
    private final MessageSettings settings;

    SendHandler(SendMessage sending, MessageViews views, MessageSettings settings) {
        this.sending = sending;
        this.views = views;
        this.settings = settings;
    }

    /**
     * SendHandler a message, and gives it as its sender sees it.
     *
     * @param body as it was written, because what the sender encrypted is relayed so
     * @param idempotencyKey names the message as {@code tempId} does, where the body does not
     */
    Mono<MessageView> send(Caller caller, String conversationId, String body, @Nullable String idempotencyKey) {
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
