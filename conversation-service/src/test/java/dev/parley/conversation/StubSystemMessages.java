package dev.parley.conversation;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.StubAnswers;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands for message-service: gives system messages their positions, the same key the same one, and remembers what it was sent. It
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
    private static final class StoredLog {
        private long seq;
        private long ordinal;
        private final Map<String, Long> written = new HashMap<>();
        private final Map<String, MessageSnapshot> byKey = new LinkedHashMap<>();
        private final List<JsonNode> asked = new ArrayList<>();
        private final Deque<Outcome> outcomes = new ArrayDeque<>();
    }

    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, StoredLog> MESSAGE_LOGS = new HashMap<>();

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
        messageLog(conversationId).outcomes.addAll(List.of(outcomes));
    }

    /** Says what was written so far. */
    public static synchronized void written(String conversationId, long seq, long ordinal) {
        StoredLog messageLog = messageLog(conversationId);
        messageLog.seq = seq;
        messageLog.ordinal = ordinal;
    }

    /** Says how many messages somebody wrote so far. */
    public static synchronized void wrote(String conversationId, String userId, long count) {
        messageLog(conversationId).written.put(userId, count);
    }

    /** The requests for a conversation, in their order, those that failed too. */
    public static synchronized List<JsonNode> asked(String conversationId) {
        return List.copyOf(messageLog(conversationId).asked);
    }

    /** The notices of a conversation, each once, in their order. */
    public static synchronized List<MessageSnapshot> placed(String conversationId) {
        return List.copyOf(messageLog(conversationId).byKey.values());
    }

    private static StoredLog messageLog(String conversationId) {
        return MESSAGE_LOGS.computeIfAbsent(conversationId, id -> new StoredLog());
    }

    private static DisposableServer start(int port) {
        // It is started here, because its first use below would be in an event loop, where nobody can wait for it.
        TestMessageService.url();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .channelGroup(CONNECTIONS)
                .route(routes -> routes.post(
                                "/internal/platform/conversations/{id}/notices", StubSystemMessages::handle)
                        .post(TestMessageService.STRETCH, StubSystemMessages::stretch)
                        .post(TestMessageService.RECENT, TestMessageService::recent))
                .bindNow();
    }

    private static Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        if (!StubAnswers.isOfAService(request)) {
            return StubAnswers.problem(response, 401, "auth.invalid-service-credentials");
        }
        return StubAnswers.byBody(
                request, body -> answer(request.param("id"), body).send(response));
    }

    private static Publisher<Void> stretch(HttpServerRequest request, HttpServerResponse response) {
        String conversationId = request.param("id");
        if (!isOwn(conversationId)) {
            return TestMessageService.handle(request, response);
        }
        return StubAnswers.byBody(
                request, question -> stretch(conversationId, question).send(response));
    }

    private static synchronized boolean isOwn(String conversationId) {
        return MESSAGE_LOGS.containsKey(conversationId);
    }

    /** Up to a notice; nothing but notices is known here. */
    private static synchronized Answer stretch(String conversationId, JsonNode question) {
        StoredLog messageLog = messageLog(conversationId);
        if (messageLog.outcomes.peek() == Outcome.FAILS_BEFORE_STORING) {
            messageLog.outcomes.poll();
            return Answer.FAILURE;
        }
        return messageLog.byKey.values().stream()
                .filter(notice -> notice.id().equals(question.path("messageId").asString("")))
                .findFirst()
                .map(notice -> Map.of(
                        "messageId", notice.id(),
                        "seq", notice.seq(),
                        "ordinal", notice.ordinal(),
                        "senderOrdinal",
                                messageLog.written.getOrDefault(
                                        question.path("userId").asString(), 0L)))
                .map(place -> new Answer(200, Map.of("place", place, "messages", List.of())))
                .orElseGet(() -> Answer.refusal(404, "message.not-found"));
    }

    /** @param body null for none */
    private record Answer(int status, Object body) {

        private static final Answer FAILURE = new Answer(503, null);

        static Answer refusal(int status, String code) {
            return new Answer(status, StubAnswers.problem(status, code));
        }

        @SuppressWarnings("unchecked")
        Mono<Void> send(HttpServerResponse response) {
            if (body == null) {
                return response.status(status).send();
            }
            return status < 400
                    ? StubAnswers.json(response, status, body)
                    : StubAnswers.problem(response, status, (Map<String, ?>) body);
        }
    }

    private static synchronized Answer answer(String conversationId, JsonNode body) {
        StoredLog messageLog = messageLog(conversationId);
        messageLog.asked.add(body);
        Outcome outcome = messageLog.outcomes.isEmpty() ? Outcome.FINE : messageLog.outcomes.poll();
        if (outcome == Outcome.REFUSES) {
            return Answer.refusal(400, "request.invalid");
        }
        if (outcome == Outcome.BUSY) {
            return Answer.refusal(429, "message.conversation-busy");
        }
        if (outcome == Outcome.FAILS_BEFORE_STORING) {
            return Answer.FAILURE;
        }
        MessageSnapshot message = messageLog.byKey.computeIfAbsent(
                body.get("key").asString(), key -> message(conversationId, messageLog, body));
        return outcome == Outcome.FAILS_AFTER_STORING ? Answer.FAILURE : new Answer(200, message);
    }

    private static MessageSnapshot message(String conversationId, StoredLog messageLog, JsonNode body) {
        messageLog.seq++;
        return new MessageSnapshot(
                Ids.next(),
                body.get("tenantId").asString(),
                conversationId,
                messageLog.seq,
                messageLog.ordinal,
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
