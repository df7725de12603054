package dev.parley.notification;

import dev.parley.platform.test.StubAnswers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Stands for conversation-service: answers what there is, as it was told. */
public final class StubConversations {

    private static final SortedMap<String, Supplier<Map<String, Object>>> CONVERSATIONS = new ConcurrentSkipListMap<>();
    private static final SortedMap<String, Supplier<Map<String, Object>>> MEMBERS = new ConcurrentSkipListMap<>();

    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get(
                            "/internal/platform/audience/conversations",
                            (request, response) -> page(request, response, "conversations", CONVERSATIONS))
                    .get(
                            "/internal/platform/audience/members",
                            (request, response) -> page(request, response, "members", MEMBERS)))
            .bindNow();

    private StubConversations() {}

    public static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    /** There is a conversation, which is asked for what it is at the time of each question. */
    public static void conversation(String id, Supplier<Map<String, Object>> now) {
        CONVERSATIONS.put(id, now);
    }

    /** Somebody is or was in a conversation. */
    public static void member(String conversationId, String userId, Supplier<Map<String, Object>> now) {
        MEMBERS.put(conversationId + "/" + userId, now);
    }

    private static Mono<Void> page(
            HttpServerRequest request,
            HttpServerResponse response,
            String name,
            SortedMap<String, Supplier<Map<String, Object>>> all) {
        Map<String, String> query = UriComponentsBuilder.fromUriString(request.uri())
                .build()
                .getQueryParams()
                .toSingleValueMap();
        String after = URLDecoder.decode(query.getOrDefault("after", ""), StandardCharsets.UTF_8);
        List<Map<String, Object>> page = all.tailMap(after).entrySet().stream()
                .filter(entry -> !entry.getKey().equals(after))
                .limit(Long.parseLong(query.get("limit")))
                .map(entry -> entry.getValue().get())
                .toList();
        return StubAnswers.json(response, Map.of(name, page));
    }
}
