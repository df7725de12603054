package dev.parley.auth;

import dev.parley.internalapi.CallProbe;
import dev.parley.platform.test.StubAnswers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/**
 * Stands for presence-service and conversation-service: tells what a test says of users of one tenant, to those who know the services'
 * secret.
 */
final class StubServices {

    static final String TENANT = "seen";

    private static final Set<String> DOCUMENTED = Set.of("online", "away", "offline");

    /** By user. */
    final Map<String, String> statuses = new ConcurrentHashMap<>();

    /** Whether it takes a question about statuses and does not answer it. */
    volatile boolean silent;

    /** Users who share a conversation with whoever asks. */
    final Set<String> contacts = ConcurrentHashMap.newKeySet();

    /** Whether it fails when it is asked who are contacts. */
    volatile boolean knowsNoContacts;

    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/internal/platform/presence", this::statuses)
                    .post("/internal/platform/contacts", this::contactsAmong))
            .bindNow();

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private Publisher<Void> contactsAmong(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, question -> {
            if (knowsNoContacts) {
                return StubAnswers.problem(response, 503, "service.unavailable");
            }
            List<String> found = question.path("userIds")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(contacts::contains)
                    .toList();
            return StubAnswers.json(response, Map.of("userIds", found));
        });
    }

    private Publisher<Void> statuses(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, question -> {
            if (silent) {
                return Mono.never();
            }
            if (!StubAnswers.isOfAService(request)
                    || !question.path("tenantId").asString().equals(TENANT)) {
                return StubAnswers.problem(response, 401, "auth.invalid-service-credentials");
            }
            List<Map<String, String>> users = question.path("userIds")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(statuses::containsKey)
                    .map(id -> Map.of("userId", id, "status", statuses.get(id)))
                    .toList();
            if (users.stream().anyMatch(user -> !DOCUMENTED.contains(user.get("status")))) {
                response.header(CallProbe.DEVIATES, "a status of a later version");
            }
            return StubAnswers.json(response, Map.of("users", users));
        });
    }
}
