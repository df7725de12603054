package dev.parley.conversation.messageservice;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** What message-service knows of a conversation's messages. */
@Component
public final class MessageServiceClient {

    /** Stands for a user who wrote nothing. */
    private static final String NOBODY = "-";

    private record Question(
            String tenantId, String userId, @Nullable String messageId, long afterSeq) {}

    private final WebClient messages;

    MessageServiceClient(ServiceClients clients, ServiceAddresses services) {
        this.messages = clients.platformAt(services.of("message"));
    }

    /**
     * The messages of others than a user up to a message.
     *
     * @param messageId null for the newest
     * @param afterSeq where the messages begin
     * @return fails with {@code message.not-found} if there is no such message in the conversation
     */
    public Mono<UnreadRange> upTo(
            String tenantId, String conversationId, String userId, @Nullable String messageId, long afterSeq) {
        return messages.post()
                .uri("/conversations/{id}/stretch", conversationId)
                .bodyValue(new Question(tenantId, userId, messageId, afterSeq))
                .retrieve()
                .bodyToMono(UnreadRange.class);
    }

    /** The newest messages of everybody. */
    public Mono<UnreadRange> newest(String tenantId, String conversationId, long afterSeq) {
        return upTo(tenantId, conversationId, NOBODY, null, afterSeq);
    }

    /** The messages of everybody up to a message. */
    public Mono<UnreadRange> ofAll(String tenantId, String conversationId, String messageId, long afterSeq) {
        return upTo(tenantId, conversationId, NOBODY, messageId, afterSeq);
    }
}
