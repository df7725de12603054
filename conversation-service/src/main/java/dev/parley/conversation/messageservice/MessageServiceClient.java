package dev.parley.conversation.messageservice;

import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** What message-service knows of a conversation's messages. */
@Component
public final class MessageServiceClient {

    /** Stands for a user who wrote nothing. */
    private static final String NOBODY = "-";

    /** Bytes of the longest answer about recent events. */
    private static final int MAX_ANSWER_BYTES = 24 << 20;

    private record Question(
            String tenantId, String userId, @Nullable String messageId, long afterSeq) {}

    private record KnownConversation(String conversationId, long afterSeq) {}

    private record RecentQuestion(String userId, List<KnownConversation> conversations) {}

    private record RecentAnswer(List<PendingEvent> events) {}

    private final WebClient messages;

    MessageServiceClient(ServiceClients clients, ServiceAddresses services) {
        this.messages = clients.platformAt(services.of("message"))
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER_BYTES))
                .build();
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

    /**
     * The events about messages that this service may not have heard of yet.
     *
     * @param positions the last message that each conversation knows, by conversation id; at most a thousand
     */
    public Mono<List<PendingEvent>> recentEvents(String userId, Collection<Map.Entry<String, Long>> positions) {
        List<KnownConversation> known = positions.stream()
                .map(position -> new KnownConversation(position.getKey(), position.getValue()))
                .toList();
        return messages.post()
                .uri("/events/recent")
                .bodyValue(new RecentQuestion(userId, known))
                .retrieve()
                .bodyToMono(RecentAnswer.class)
                .map(RecentAnswer::events);
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
