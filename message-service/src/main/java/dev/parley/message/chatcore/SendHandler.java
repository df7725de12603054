package dev.parley.message.chatcore;

import dev.parley.message.MessageSettings;
import dev.parley.message.send.SendMessage;
import dev.parley.message.send.SendMetrics;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends the messages of chat-core clients, whether they come over REST or over a socket. */
@Component
final class SendHandler {

    /** A receipt may take that long to be seen in any case. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final SendMessage messages;
    private final MessageViews views;
    private final MessageSettings settings;
    private final SendMetrics metrics;
    private final FileUrls urls;

    SendHandler(
            SendMessage messages, MessageViews views, MessageSettings settings, SendMetrics metrics, FileUrls urls) {
        this.urls = urls;
        this.messages = messages;
        this.views = views;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * @param body the JSON as it was written: encrypted content is relayed without a change
     * @param idempotencyKey used like a {@code tempId} if the body has none
     * @return the message as its sender sees it
     */
    Mono<MessageView> send(Caller caller, String conversationId, String body, @Nullable String idempotencyKey) {
        return metrics.answered(Mono.defer(() -> sent(caller, conversationId, body, idempotencyKey)));
    }

    private Mono<MessageView> sent(Caller caller, String conversationId, String body, @Nullable String idempotencyKey) {
        SendRequest request = SendRequest.read(body, idempotencyKey, settings, urls);
        return metrics.stored(
                        messages.send(caller, conversationId, request.blocks(), request.replyTo(), request.tempId()))
                .onErrorMap(ApiException.class, request.names()::name)
                .flatMap(message -> shown(message, caller));
    }

    /** A new message has no receipts, reactions or stars. A message of an earlier attempt may have some by now. */
    private Mono<MessageView> shown(Message message, Caller caller) {
        return message.createdAt().isAfter(Instant.now().minus(FRESH))
                ? Mono.just(MessageView.of(
                        message.snapshot(caller.summary()), message.sender().clientId(), urls))
                : views.of(message, caller);
    }
}
