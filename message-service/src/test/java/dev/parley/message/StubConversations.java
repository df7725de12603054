package dev.parley.message;

import dev.parley.platform.test.TestTokens;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands for conversation-service: answers who may do what, as it was told. */
final class StubConversations {

    static final String BROKEN = "broken-";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> ANSWERS = new ConcurrentHashMap<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get("/internal/conversations/{id}/access", StubConversations::answer)
                    .post("/internal/platform/conversations/{id}/members/among", StubConversations::among))
            .bindNow();

    private StubConversations() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    static void admit(String conversationId, String userId, long fromSeq, long toSeq) {
        admit(conversationId, userId, fromSeq, toSeq, false);
    }

    static void admitAdmin(String conversationId, String userId) {
        admit(conversationId, userId, 1, Long.MAX_VALUE, true);
    }

    private static void admit(String conversationId, String userId, long fromSeq, long toSeq, boolean admin) {
        ANSWERS.put(conversationId + "/" + userId, """
                {"conversationId":"%s","userId":"%s","fromSeq":%d,"toSeq":%d,"maySend":%s,"admin":%s}""".formatted(
                        conversationId, userId, fromSeq, toSeq, toSeq == Long.MAX_VALUE, admin));
    }

    static void admit(String conversationId, String... userIds) {
        for (String userId : userIds) {
            admit(conversationId, userId, 1, Long.MAX_VALUE);
        }
    }

    /** Those who can send are members. Of a conversation that begins with {@link #BROKEN} nothing can be said. */
    private static Mono<Void> among(HttpServerRequest request, HttpServerResponse response) {
        String id = request.param("id");
        if (id.startsWith(BROKEN)) {
            return response.status(500).send().then();
        }
        return request.receive().aggregate().asString().flatMap(body -> response.header(
                        "Content-Type", "application/json")
                .sendString(Mono.fromSupplier(() -> JSON.writeValueAsString(Map.of(
                        "userIds",
                        JSON.readTree(body)
                                .get("userIds")
                                .valueStream()
                                .map(JsonNode::asString)
                                .filter(userId -> ANSWERS.getOrDefault(id + "/" + userId, "")
                                        .contains("\"maySend\":true"))
                                .toList()))))
                .then());
    }

    private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        String token = request.requestHeaders().get("Authorization").substring("Bearer ".length());
        String found = ANSWERS.get(request.param("id") + "/" + TestTokens.userOf(token));
        return found == null
                ? response.status(403)
                        .header("Content-Type", "application/problem+json")
                        .sendString(Mono.just("""
                                {"status":403,"code":"conversation.not-a-member","title":"Only for members","detail":"You are not in this conversation"}"""))
                        .then()
                : response.header("Content-Type", "application/json")
                        .sendString(Mono.just(found))
                        .then();
    }
}
