package dev.parley.platform.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands for auth-service's directory: it knows the users it was told of, and answers within the token's tenant. */
public final class TestUsers {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> TENANTS = new ConcurrentHashMap<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/internal/platform/users/lookup", (request, response) -> request.receive()
                    .aggregate()
                    .asString()
                    .flatMap(body -> response.header("Content-Type", "application/json")
                            .sendString(Mono.just(answer(body)))
                            .then())))
            .bindNow();

    private TestUsers() {}

    /** For {@code parley.services.auth}. */
    public static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    /** Makes users known, and gives the first one's token. */
    public static String register(String tenantId, String... userIds) {
        for (String userId : userIds) {
            TENANTS.put(userId, tenantId);
        }
        return TestTokens.tokenFor(userIds[0], tenantId);
    }

    private static String answer(String body) {
        String tenant = JSON.readTree(body).get("tenantId").asString();
        List<Map<String, String>> found = JSON.readTree(body)
                .get("ids")
                .valueStream()
                .map(JsonNode::asString)
                .filter(id -> tenant.equals(TENANTS.get(id)))
                .map(id -> Map.of("id", id, "username", id, "displayName", "Name of " + id))
                .toList();
        return JSON.writeValueAsString(found);
    }
}
