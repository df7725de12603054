package dev.parley.auth;

import dev.parley.internalapi.CallProbe;
import dev.parley.platform.test.EmbeddedParts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
import tools.jackson.databind.json.JsonMapper;

/** Stands for presence-service: tells what a test says of users of one tenant, to those who know the services' secret. */
final class StubPresence {

    static final String TENANT = "seen";

    private static final Set<String> DOCUMENTED = Set.of("online", "away", "offline");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "Basic "
            + Base64.getEncoder()
                    .encodeToString(("service:" + EmbeddedParts.SERVICE_SECRET).getBytes(StandardCharsets.UTF_8));

    /** By user. */
    final Map<String, String> statuses = new ConcurrentHashMap<>();

    /** Whether it takes a question and does not answer it. */
    volatile boolean silent;

    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/internal/platform/presence", this::answer))
            .bindNow();

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().flatMap(body -> {
            if (silent) {
                return Mono.never();
            }
            JsonNode question = JSON.readTree(body);
            boolean allowed = SECRET.equals(request.requestHeaders().get("Authorization"))
                    && question.path("tenantId").asString().equals(TENANT);
            if (!allowed) {
                return response.status(401).send().then();
            }
            if (!DOCUMENTED.containsAll(statuses.values())) {
                response.header(CallProbe.DEVIATES, "a status of a later version");
            }
            List<Map<String, String>> users = question.path("userIds")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(statuses::containsKey)
                    .map(id -> Map.of("userId", id, "status", statuses.get(id)))
                    .toList();
            return response.header("Content-Type", "application/json")
                    .sendString(Mono.just(JSON.writeValueAsString(Map.of("users", users))))
                    .then();
        });
    }
}
