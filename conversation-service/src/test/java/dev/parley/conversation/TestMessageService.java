package dev.parley.conversation;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.test.EmbeddedParts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands for message-service: answers what it is asked about the conversations it was told of, and refuses all else. */
final class TestMessageService {

    static final String STRETCH = "/internal/platform/conversations/{id}/stretch";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, TestMessageLog> TIMELINES = new ConcurrentHashMap<>();
    private static final Map<String, Integer> REFUSED = new ConcurrentHashMap<>();
    private static final List<String> MISTAKES = new CopyOnWriteArrayList<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post(STRETCH, TestMessageService::handle)
                    .post("/internal/platform/conversations/{id}/notices", (request, response) -> request.receive()
                            .aggregate()
                            .asString()
                            .flatMap(body -> notice(request, response, body))))
            .bindNow();

    private static volatile boolean away;

    private TestMessageService() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    static TestMessageLog timeline(String conversationId, String tenantId) {
        return TIMELINES.computeIfAbsent(conversationId, id -> new TestMessageLog(id, tenantId));
    }

    /** What it was asked that it should not have been. */
    static List<String> mistakes() {
        return MISTAKES;
    }

    /** Whether it answers that it is not well. */
    static void away(boolean isAway) {
        away = isAway;
    }

    /** How often it said so when it was asked about a conversation. */
    static int refused(String conversationId) {
        return REFUSED.getOrDefault(conversationId, 0);
    }

    static Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().flatMap(body -> answer(request, response, body));
    }

    private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response, String body) {
        String secret = Base64.getEncoder()
                .encodeToString(("service:" + EmbeddedParts.SERVICE_SECRET).getBytes(StandardCharsets.UTF_8));
        JsonNode question = JSON.readTree(body);
        TestMessageLog timeline = TIMELINES.get(request.param("id"));
        if (!("Basic " + secret).equals(request.requestHeaders().get("Authorization"))
                || !question.path("tenantId").isString()
                || !question.path("userId").isString()
                || !question.path("afterSeq").isIntegralNumber()
                || timeline == null
                || !timeline.tenantId.equals(question.path("tenantId").asString())) {
            MISTAKES.add(request.uri() + " " + body);
            return response.status(400).send();
        }
        if (away) {
            REFUSED.merge(timeline.conversationId, 1, Integer::sum);
            return response.status(503).send();
        }
        Map<String, Object> answer = stretch(timeline, question);
        return response.status(answer.containsKey("code") ? 404 : 200)
                .header("Content-Type", "application/json")
                .sendString(Mono.just(JSON.writeValueAsString(answer)))
                .then();
    }

    private static Mono<Void> notice(HttpServerRequest request, HttpServerResponse response, String body) {
        JsonNode order = JSON.readTree(body);
        TestMessageLog timeline = timeline(
                Objects.requireNonNull(request.param("id")),
                order.path("tenantId").asString());
        MessageSnapshot notice = timeline.notice(
                order.path("key").asString(), order.path("actor").path("id").asString(), (Block.Notice)
                        JSON.treeToValue(order.path("notice"), Block.class));
        return response.header("Content-Type", "application/json")
                .sendString(Mono.just(JSON.writeValueAsString(notice)))
                .then();
    }

    private static Map<String, Object> stretch(TestMessageLog timeline, JsonNode question) {
        synchronized (timeline) {
            String userId = question.path("userId").asString();
            long seq = timeline.size();
            if (question.hasNonNull("messageId")) {
                seq = 0;
                for (long at = 1; at <= timeline.size(); at++) {
                    seq = timeline.at(at).id().equals(question.path("messageId").asString()) ? at : seq;
                }
                if (seq == 0) {
                    return Map.of("code", "message.not-found", "title", "No such message", "detail", "None");
                }
            }
            Map<String, Object> place = new HashMap<>();
            MessageSnapshot message = seq == 0 ? null : timeline.at(seq);
            place.put("messageId", message == null ? null : message.id());
            place.put("seq", seq);
            place.put("ordinal", timeline.ordinal(seq));
            place.put("senderOrdinal", timeline.written(userId, seq));
            return Map.of(
                    "place",
                    place,
                    "messages",
                    timeline.received(userId, question.path("afterSeq").asLong(), seq));
        }
    }
}
