package dev.parley.notification;

import dev.parley.platform.test.StubAnswers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/** Stands for presence-service and message-service: all users are offline, and nobody wrote anything, unless it was told so. */
public final class StubNeighbours {

    private static final Set<String> ONLINE = ConcurrentHashMap.newKeySet();
    private static final Map<String, List<String>> SENDERS = new ConcurrentHashMap<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/internal/platform/presence", StubNeighbours::statuses)
                    .post("/internal/platform/conversations/{id}/stretch", StubNeighbours::stretch))
            .bindNow();

    private StubNeighbours() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    /** Somebody has a device connected. */
    public static void online(String userId) {
        ONLINE.add(userId);
    }

    /** Who wrote the messages of a conversation that others have not read, the first one first. */
    public static void wrote(String conversationId, String... senderIds) {
        SENDERS.put(conversationId, List.of(senderIds));
    }

    private static Publisher<Void> statuses(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, body -> {
            List<Map<String, String>> users = body.get("userIds")
                    .valueStream()
                    .map(JsonNode::asString)
                    .map(id -> Map.of("userId", id, "status", ONLINE.contains(id) ? "online" : "offline"))
                    .toList();
            return StubAnswers.json(response, Map.of("users", users));
        });
    }

    private static Publisher<Void> stretch(HttpServerRequest request, HttpServerResponse response) {
        List<String> senders = SENDERS.getOrDefault(request.param("id"), List.of());
        List<Map<String, Object>> messages = senders.stream()
                .map(sender -> Map.<String, Object>of("messageId", "m", "seq", 1, "senderId", sender))
                .toList();
        Map<String, Object> place = Map.of("messageId", "m", "seq", 1, "ordinal", 1, "senderOrdinal", 0);
        return StubAnswers.byBody(
                request, body -> StubAnswers.json(response, Map.of("place", place, "messages", messages)));
    }
}
