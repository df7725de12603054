package dev.parley.conversation;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands for message-service: gives notices their places, the same key the same one, and remembers what it was sent. It
 * answers all else as {@link TestMessageService} does: instances of several tests share the events.
 */
public final class StubSystemMessages {

    /** How it treats a request. */
    public enum Outcome {
        FINE,
        FAILS_BEFORE_STORING,
        FAILS_AFTER_STORING,
        REFUSES,
        BUSY
    }

    /** Where a conversation is, as the tests say. */
    private static final class Timeline {
        private long seq;
        private long ordinal;
        private final Map<String, Long> written = new HashMap<>();
        private final Map<String, MessageSnapshot> byKey = new LinkedHashMap<>();
        private final List<JsonNode> asked = new ArrayList<>();
        private final Deque<Outcome> outcomes = new ArrayDeque<>();
    }

    private static final JsonMapper JSON = new JsonMapper();
    static final String CREDENTIALS = "Basic "
            + Base64.getEncoder()
                    .encodeToString(("service:" + EmbeddedParts.SERVICE_SECRET).getBytes(StandardCharsets.UTF_8));
    private static final Map<String, Timeline> TIMELINES = new HashMap<>();

    private static final ChannelGroup CONNECTIONS = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private static DisposableServer server = start(0);

    private StubSystemMessages() {}

    /** For {@code parley.services.message}. */
    public static String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Nobody listens there while the work is done. */
    public static void away(Runnable work) {
        int port = server.port();
        server.disposeNow();
        CONNECTIONS.close().awaitUninterruptibly();
        try {
            work.run();
        } finally {
            server = start(port);
        }
    }

    /** Says how the next requests for a conversation are treated; those after them are fine. */
    public static synchronized void next(String conversationId, Outcome... outcomes) {
        timeline(conversationId).outcomes.addAll(List.of(outcomes));
    }

    /** Says what was written so far. */
    public static synchronized void written(String conversationId, long seq, long ordinal) {
        Timeline timeline = timeline(conversationId);
        timeline.seq = seq;
        timeline.ordinal = ordinal;
    }

    /** Says how many messages somebody wrote so far. */
    public static synchronized void wrote(String conversationId, String userId, long count) {
        timeline(conversationId).written.put(userId, count);
    }

    /** The requests for a conversation, in their order, those that failed too. */
    public static synchronized List<JsonNode> asked(String conversationId) {
        return List.copyOf(timeline(conversationId).asked);
    }

    /** The notices of a conversation, each once, in their order. */
    public static synchronized List<MessageSnapshot> placed(String conversationId) {
        return List.copyOf(timeline(conversationId).byKey.values());
    }

    private static Timeline timeline(String conversationId) {
        return TIMELINES.computeIfAbsent(conversationId, id -> new Timeline());
    }

    private static DisposableServer start(int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .channelGroup(CONNECTIONS)
                .route(routes -> routes.post(
                                "/internal/platform/conversations/{id}/notices", StubSystemMessages::handle)
                        .post(TestMessageService.STRETCH, StubSystemMessages::stretch))
                .bindNow();
    }

    private static Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        if (!CREDENTIALS.equals(request.requestHeaders().get("Authorization"))) {
            return response.status(401).send();
        }
        return request.receive()
                .aggregate()
                .asString()
                .map(body -> answer(request.param("id"), JSON.readTree(body)))
                .flatMap(answer -> response.status(answer.status())
                        .header("Content-Type", "application/json")
                        .sendString(Mono.just(answer.body()))
                        .then());
    }

    private static Mono<Void> stretch(HttpServerRequest request, HttpServerResponse response) {
        String conversationId = request.param("id");
        if (!isOwn(conversationId)) {
            return TestMessageService.handle(request, response);
        }
        return request.receive()
                .aggregate()
                .asString()
                .map(body -> stretch(conversationId, JSON.readTree(body)))
                .flatMap(answer -> response.status(answer.status())
                        .header("Content-Type", "application/json")
                        .sendString(Mono.just(answer.body()))
                        .then());
    }

    private static synchronized boolean isOwn(String conversationId) {
        return TIMELINES.containsKey(conversationId);
    }

    /** Up to a notice; nothing but notices is known here. */
    private static synchronized Answer stretch(String conversationId, JsonNode question) {
        Timeline timeline = timeline(conversationId);
        if (timeline.outcomes.peek() == Outcome.FAILS_BEFORE_STORING) {
            timeline.outcomes.poll();
            return new Answer(503, "");
        }
        return timeline.byKey.values().stream()
                .filter(notice -> notice.id().equals(question.path("messageId").asString("")))
                .findFirst()
                .map(notice -> Map.of(
                        "messageId", notice.id(),
                        "seq", notice.seq(),
                        "ordinal", notice.ordinal(),
                        "senderOrdinal",
                                timeline.written.getOrDefault(
                                        question.path("userId").asString(), 0L)))
                .map(place -> new Answer(200, JSON.writeValueAsString(Map.of("place", place, "messages", List.of()))))
                .orElseGet(() -> new Answer(
                        404, "{\"status\":404,\"code\":\"message.not-found\",\"title\":\"No\",\"detail\":\"No\"}"));
    }

    private record Answer(int status, String body) {}

    private static synchronized Answer answer(String conversationId, JsonNode body) {
        Timeline timeline = timeline(conversationId);
        timeline.asked.add(body);
        Outcome outcome = timeline.outcomes.isEmpty() ? Outcome.FINE : timeline.outcomes.poll();
        if (outcome == Outcome.REFUSES) {
            return new Answer(400, "{\"status\":400,\"code\":\"request.invalid\",\"title\":\"No\",\"detail\":\"No\"}");
        }
        if (outcome == Outcome.BUSY) {
            return new Answer(
                    429, "{\"status\":429,\"code\":\"message.conversation-busy\",\"title\":\"No\",\"detail\":\"No\"}");
        }
        if (outcome == Outcome.FAILS_BEFORE_STORING) {
            return new Answer(503, "");
        }
        MessageSnapshot message = timeline.byKey.computeIfAbsent(
                body.get("key").asString(), key -> message(conversationId, timeline, body));
        return outcome == Outcome.FAILS_AFTER_STORING
                ? new Answer(503, "")
                : new Answer(200, JSON.writeValueAsString(message));
    }

    private static MessageSnapshot message(String conversationId, Timeline timeline, JsonNode body) {
        timeline.seq++;
        return new MessageSnapshot(
                Ids.next(),
                body.get("tenantId").asString(),
                conversationId,
                timeline.seq,
                timeline.ordinal,
                0,
                JSON.treeToValue(body.get("actor"), UserSummary.class),
                SenderKind.SYSTEM,
                null,
                List.of(JSON.treeToValue(body.get("notice"), Block.class)),
                null,
                List.of(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                null);
    }
}
