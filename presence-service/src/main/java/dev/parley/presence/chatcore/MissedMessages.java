package dev.parley.presence.chatcore;

import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.user.ConnectedUser;
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
    private static final int MAX_ANSWER = 16 << 20;

    private final WebClient messages;

    MissedMessages(ServiceClients clients, ServiceAddresses services) {
        this.messages = clients.at(services.message())
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
    }

    /** The next messages after a place, oldest first, and whether there are more after them. */
    Mono<Ack> after(Socket socket, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, RoomCommands.MAX_ID);
        long afterSeq = fields.number("afterSeq", 0, Long.MAX_VALUE);
        long limit = fields.has("limit") ? fields.number("limit", 1, MAX_AT_ONCE) : MAX_AT_ONCE;
        fields.verify();
        return socket.principal(ConnectedUser.class)
                .acting()
                .flatMap(caller -> read(caller, conversationId, afterSeq, limit))
                .map(page -> {
                    List<JsonNode> oldestFirst = page.path("data")
                            .valueStream()
                            .sorted(Comparator.comparingLong(
                                    message -> message.path("seq").asLong()))
                            .toList();
                    boolean hasMore = page.path("meta").path("hasMore").asBoolean(false);
                    return Acks.success(Map.of("messages", oldestFirst, "hasMore", hasMore));
                });
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
