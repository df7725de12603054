package dev.parley.conversation;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.test.StubAnswers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands for message-service: answers what it is asked about the conversations it was told of, and refuses all else. */
final class TestMessageService {

    static final String RECENT = "/internal/platform/events/recent";
    static final String STRETCH = "/internal/platform/conversations/{id}/stretch";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, TestMessageLog> MESSAGE_LOGS = new ConcurrentHashMap<>();
    private static final Map<String, Integer> REFUSED = new ConcurrentHashMap<>();
    private static final List<String> MISTAKES = new CopyOnWriteArrayList<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post(STRETCH, TestMessageService::handle)
                    .post(RECENT, TestMessageService::recent)
                    .post(
                            "/internal/platform/conversations/{id}/notices",
                            (request, response) ->
                                    StubAnswers.byBody(request, order -> notice(request, response, order))))
            .bindNow();

    /** @param userId whom alone it is about; null for all */
    private record RecentEvent(String conversationId, long seq, String userId, PendingEvent event) {

        private boolean isFor(String asking, JsonNode known) {
            return (userId == null || userId.equals(asking))
                    && known.path("conversationId").asString().equals(conversationId)
                    && (seq > known.path("afterSeq").asLong() || !event.type().equals("message.created"));
        }
    }

    private static final List<RecentEvent> RECENT_EVENTS = new CopyOnWriteArrayList<>();

    private static final Set<String> SILENT = ConcurrentHashMap.newKeySet();

    private static volatile boolean away;

    private static final AtomicReference<Mono<Void>> MEANWHILE = new AtomicReference<>();

    private TestMessageService() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    static TestMessageLog messageLog(String conversationId, String tenantId) {
        return MESSAGE_LOGS.computeIfAbsent(conversationId, id -> new TestMessageLog(id, tenantId));
    }

    /** Something was stored that nobody has heard of. @param userId whom alone it is about; null for all */
    static void stored(String conversationId, long seq, String userId, PendingEvent event) {
        RECENT_EVENTS.add(new RecentEvent(conversationId, seq, userId, event));
    }

    static Publisher<Void> recent(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, question -> {
            Mono<Void> meanwhile = MEANWHILE.getAndSet(null);
            if (away || meanwhile != null) {
                return Mono.justOrEmpty(meanwhile)
                        .flatMap(Function.identity())
                        .then(response.status(503).send());
            }
            List<PendingEvent> events = RECENT_EVENTS.stream()
                    .filter(recent -> question.path("conversations")
                            .valueStream()
                            .anyMatch(known ->
                                    recent.isFor(question.path("userId").asString(), known)))
                    .map(RecentEvent::event)
                    .toList();
            return StubAnswers.json(response, Map.of("events", events));
        });
    }

    /** What it was asked that it should not have been. */
    static List<String> mistakes() {
        return MISTAKES;
    }

    /** Whether it answers that it is not well. */
    static void away(boolean isAway) {
        away = isAway;
    }

    /** The next question about recent events is answered in vain, when this has happened. */
    static void awayOnceAfter(Mono<Void> meanwhile) {
        MEANWHILE.set(meanwhile);
    }

    /** Whether it answers that it is not well when it is asked about one conversation. */
    static void silent(String conversationId, boolean isSilent) {
        if (isSilent) {
            SILENT.add(conversationId);
        } else {
            SILENT.remove(conversationId);
        }
    }

    /** How often it said so when it was asked about a conversation. */
    static int refused(String conversationId) {
        return REFUSED.getOrDefault(conversationId, 0);
    }

    static Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, question -> answer(request, response, question));
    }

    private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response, JsonNode question) {
        TestMessageLog messageLog = MESSAGE_LOGS.get(request.param("id"));
        if (!StubAnswers.isOfAService(request)
                || !question.path("tenantId").isString()
                || !question.path("userId").isString()
                || !question.path("afterSeq").isIntegralNumber()
                || messageLog == null
                || !messageLog.tenantId.equals(question.path("tenantId").asString())) {
            MISTAKES.add(request.uri() + " " + question);
            return StubAnswers.problem(response, 400, "request.invalid");
        }
        if (away || SILENT.contains(messageLog.conversationId)) {
            REFUSED.merge(messageLog.conversationId, 1, Integer::sum);
            return response.status(503).send();
        }
        return stretch(messageLog, question)
                .map(stretch -> StubAnswers.json(response, stretch))
                .orElseGet(() -> StubAnswers.problem(response, 404, "message.not-found"));
    }

    private static Mono<Void> notice(HttpServerRequest request, HttpServerResponse response, JsonNode order) {
        TestMessageLog messageLog = messageLog(
                Objects.requireNonNull(request.param("id")),
                order.path("tenantId").asString());
        MessageSnapshot notice = messageLog.notice(
                order.path("key").asString(), order.path("actor").path("id").asString(), (Block.Notice)
                        JSON.treeToValue(order.path("notice"), Block.class));
        return StubAnswers.json(response, notice);
    }

    private static Optional<Map<String, Object>> stretch(TestMessageLog messageLog, JsonNode question) {
        synchronized (messageLog) {
            String userId = question.path("userId").asString();
            long seq = messageLog.size();
            if (question.hasNonNull("messageId")) {
                seq = 0;
                for (long at = 1; at <= messageLog.size(); at++) {
                    seq = messageLog
                                    .at(at)
                                    .id()
                                    .equals(question.path("messageId").asString())
                            ? at
                            : seq;
                }
                if (seq == 0) {
                    return Optional.empty();
                }
            }
            Map<String, Object> place = new HashMap<>();
            if (seq > 0) {
                place.put("messageId", messageLog.at(seq).id());
            }
            place.put("seq", seq);
            place.put("ordinal", messageLog.ordinal(seq));
            place.put("senderOrdinal", messageLog.written(userId, seq));
            return Optional.of(Map.of(
                    "place",
                    place,
                    "messages",
                    messageLog.received(userId, question.path("afterSeq").asLong(), seq)));
        }
    }
}
