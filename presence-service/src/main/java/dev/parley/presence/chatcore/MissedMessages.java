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

/** What a client missed: it knows the place of the last message that it has, and asks for what came after. */
@Component
final class MissedMessages {

    private static final int MAX_AT_ONCE = 100;

    /** In bytes: that many of the longest messages. */
    private static final int MAX_ANSWER = 24 << 20;

    /** In bytes, of what a client is given at once: half of what a gateway passes on in one piece. Every message is shorter. */
    private static final int MAX_GIVEN = 512 << 10;

    private final WebClient messages;
    private final int maxMissed;

    MissedMessages(ServiceClients clients, ServiceAddresses services, PresenceSettings settings) {
        this.maxMissed = settings.recovery().maxMissed();
        this.messages = clients.at(services.of("message"))
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
    }

    /** The next messages after a place, oldest first, fewer of long ones; and whether there are more after them. */
    Mono<Ack> after(ChatClient client, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, RoomCommands.MAX_ID);
        long afterSeq = fields.number("afterSeq", 0, Long.MAX_VALUE);
        long limit = fields.has("limit") ? fields.number("limit", 1, MAX_AT_ONCE) : MAX_AT_ONCE;
        fields.verify();
        return client.user()
                .acting()
                .flatMap(caller -> page(caller, conversationId, afterSeq, limit))
                .map(page -> {
                    List<JsonNode> oldestFirst = page.path("data")
                            .valueStream()
                            .sorted(Comparator.comparingLong(
                                    message -> message.path("seq").asLong()))
                            .toList();
                    List<JsonNode> given = oldestFirst.subList(0, countGiven(oldestFirst));
                    boolean hasMore = hasMore(page) || given.size() < oldestFirst.size();
                    return Acks.success(Map.of("messages", given, "hasMore", hasMore));
                });
    }

    private static int countGiven(List<JsonNode> messages) {
        long bytes = 0;
        for (int i = 0; i < messages.size(); i++) {
            bytes += ByteBufUtil.utf8Bytes(messages.get(i).toString());
            if (bytes > MAX_GIVEN && i > 0) {
                return i;
            }
        }
        return messages.size();
    }

    /** Fails where so much was missed that reading it all, page by page, would take longer than to begin anew. */
    private Mono<JsonNode> page(Caller caller, String conversationId, long afterSeq, long limit) {
        return read(caller, conversationId, afterSeq, limit)
                .flatMap(page -> hasMore(page)
                        ? newestSeq(caller, conversationId)
                                .doOnNext(newest -> requireNear(newest - lowestSeq(page, afterSeq + 1) + 1))
                                .thenReturn(page)
                        : Mono.just(page));
    }

    /** Who came late does not see all after the place that was named. */
    private static long lowestSeq(JsonNode page, long otherwise) {
        return page.path("data")
                .valueStream()
                .mapToLong(message -> message.path("seq").asLong())
                .min()
                .orElse(otherwise);
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
        return messages.get()
                .uri("/api/v1/conversations/{id}/messages?limit=1", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(JsonNode.class)
                .map(newest -> newest.path("data").path(0).path("seq").asLong());
    }

    private Mono<JsonNode> read(Caller caller, String conversationId, long afterSeq, long limit) {
        return messages.get()
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
