package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceError;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.socketio.Ack;
import io.netty.buffer.ByteBufUtil;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads the messages that a client missed: the client sends the {@code seq} of the last message that it has. */
@Component
final class MissedMessages {

    private static final int MAX_LIMIT = 100;

    /** As many of the longest messages as one page can have. */
    private static final int MAX_RESPONSE_BYTES = 24 << 20;

    /** Half of what a gateway passes on in one frame. No single message is as long. */
    private static final int MAX_ACK_BYTES = 512 << 10;

    private final WebClient messageService;
    private final int maxMissed;

    MissedMessages(ServiceClients clients, ServiceAddresses services, PresenceSettings settings) {
        this.maxMissed = settings.recovery().maxMissed();
        this.messageService = clients.at(services.of("message"))
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_RESPONSE_BYTES))
                .build();
    }

    /** The next messages after a {@code seq}, oldest first, fewer if they are long, and whether there are more. */
    Mono<Ack> after(CommandSender client, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = SubjectId.in(fields, "conversationId");
        long afterSeq = fields.number("afterSeq", 0, Long.MAX_VALUE);
        long limit = fields.has("limit") ? fields.number("limit", 1, MAX_LIMIT) : MAX_LIMIT;
        fields.verify();
        return client.user()
                .freshCaller()
                .flatMap(caller -> page(caller, conversationId, afterSeq, limit))
                .map(page -> {
                    List<JsonNode> oldestFirst = page.path("data")
                            .valueStream()
                            .sorted(Comparator.comparingLong(
                                    message -> message.path("seq").asLong()))
                            .toList();
                    List<JsonNode> returned = oldestFirst.subList(0, countReturned(oldestFirst));
                    boolean hasMore = hasMore(page) || returned.size() < oldestFirst.size();
                    return Acks.success(Map.of("messages", returned, "hasMore", hasMore));
                });
    }

    private static int countReturned(List<JsonNode> messages) {
        long bytes = 0;
        for (int i = 0; i < messages.size(); i++) {
            bytes += ByteBufUtil.utf8Bytes(messages.get(i).toString());
            if (bytes > MAX_ACK_BYTES && i > 0) {
                return i;
            }
        }
        return messages.size();
    }

    /** Fails if so many messages were missed that reading all of them would take longer than reloading. */
    private Mono<JsonNode> page(Caller caller, String conversationId, long afterSeq, long limit) {
        return read(caller, conversationId, afterSeq, limit)
                .flatMap(page -> hasMore(page)
                        ? newestSeq(caller, conversationId)
                                .doOnNext(newest -> requireNear(newest - lowestSeq(page, afterSeq + 1) + 1))
                                .thenReturn(page)
                        : Mono.just(page));
    }

    /** A member who was added later does not see all messages after the requested {@code seq}. */
    private static long lowestSeq(JsonNode page, long fallback) {
        return page.path("data")
                .valueStream()
                .mapToLong(message -> message.path("seq").asLong())
                .min()
                .orElse(fallback);
    }

    private void requireNear(long missed) {
        if (missed > maxMissed) {
            throw ApiException.of(
                    PresenceError.TOO_FAR_BEHIND, "More than %d messages were missed: reload".formatted(maxMissed));
        }
    }

    private static boolean hasMore(JsonNode page) {
        return page.path("meta").path("hasMore").asBoolean(false);
    }

    private Mono<Long> newestSeq(Caller caller, String conversationId) {
        return messageService
                .get()
                .uri("/api/v1/conversations/{id}/messages?limit=1", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(JsonNode.class)
                .map(newest -> newest.path("data").path(0).path("seq").asLong());
    }

    private Mono<JsonNode> read(Caller caller, String conversationId, long afterSeq, long limit) {
        return messageService
                .get()
                .uri(uri -> uri.path("/api/v1/conversations/{id}/messages")
                        .queryParam("direction", "after")
                        .queryParam("afterSeq", afterSeq)
                        .queryParam("limit", limit)
                        .build(conversationId))
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(JsonNode.class);
    }
}
