package dev.parley.platform.test;

import dev.parley.internalapi.CallProbe;
import dev.parley.platform.text.TextFolding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/**
 * Stands for auth-service's directory: it knows the users it was told of, and answers within the tenant asked for. All have
 * an email and are away.
 */
public final class TestUsers {

    private static final int MAX_PROFILES = 200;
    private static final String EVERYONE = "everyone";
    private static final Set<String> DOCUMENTED = Set.of("contacts", "nobody");
    private static final Map<String, String> TENANTS = new ConcurrentHashMap<>();
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();
    private static final Map<String, List<String>> AVATARS = new ConcurrentHashMap<>();
    private static final Map<String, String> VISIBILITIES = new ConcurrentHashMap<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post(
                            "/internal/platform/users/lookup", answering(TestUsers::byIds, TestUsers::summary))
                    .post("/internal/platform/users/profiles", answering(TestUsers::byIdsOfABatch, TestUsers::profile))
                    .post("/internal/platform/users/by-username", answering(TestUsers::byUsernames, TestUsers::summary))
                    .post("/internal/platform/users/addresses", answering(TestUsers::byIds, TestUsers::address))
                    .post("/internal/platform/users/privacy", TestUsers::choices)
                    .put("/internal/platform/users/{userId}/avatar", TestUsers::changeAvatar)
                    .put("/internal/platform/users/{userId}/last-seen-visibility", TestUsers::copyVisibility))
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

    /** Gives a user another display name. Tells nobody. */
    public static void rename(String userId, String displayName) {
        NAMES.put(userId, displayName);
    }

    /** The files that became the picture of a user, in order. */
    public static List<String> avatarsOf(String userId) {
        return AVATARS.getOrDefault(userId, List.of());
    }

    private static Publisher<Void> changeAvatar(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, body -> {
            List<String> all = AVATARS.computeIfAbsent(request.param("userId"), id -> new CopyOnWriteArrayList<>());
            String former = all.isEmpty() ? null : all.get(all.size() - 1);
            String next = body.get("fileId").asString();
            if (next.equals(former)) {
                return StubAnswers.json(response, Map.of());
            }
            all.add(next);
            return StubAnswers.json(response, former == null ? Map.of() : Map.of("replacedFileId", former));
        });
    }

    private static Publisher<Void> copyVisibility(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, body -> {
            String userId = request.param("userId");
            if (!body.get("tenantId").asString().equals(TENANTS.get(userId))) {
                return StubAnswers.problem(response, 404, "user.not-found");
            }
            choose(userId, body.get("lastSeenVisibility").asString());
            return response.status(204).send();
        });
    }

    /** Who sees when a user was last seen, as it was said last. */
    public static String visibilityOf(String userId) {
        return VISIBILITIES.getOrDefault(userId, EVERYONE);
    }

    /** A user chooses who sees when the user was last seen. */
    public static void choose(String userId, String lastSeenVisibility) {
        VISIBILITIES.put(userId, lastSeenVisibility);
    }

    /** Like auth-service, it says nothing of those whom everyone may see. */
    private static Publisher<Void> choices(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, body -> {
            List<Map<String, String>> restricted = byIds(body)
                    .filter(id -> !VISIBILITIES.getOrDefault(id, EVERYONE).equals(EVERYONE))
                    .map(id -> Map.of("userId", id, "lastSeenVisibility", VISIBILITIES.get(id)))
                    .toList();
            if (restricted.stream().anyMatch(each -> !DOCUMENTED.contains(each.get("lastSeenVisibility")))) {
                response.header(CallProbe.DEVIATES, "a visibility of a later version");
            }
            return StubAnswers.json(response, restricted);
        });
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answering(
            Function<JsonNode, Stream<String>> ids, BiFunction<String, String, Map<String, Object>> view) {
        return (request, response) ->
                StubAnswers.byBody(request, body -> StubAnswers.json(response, answer(body, ids, view)));
    }

    private static Stream<String> byIds(JsonNode body) {
        return body.get("ids").valueStream().map(JsonNode::asString);
    }

    private static Stream<String> byIdsOfABatch(JsonNode body) {
        int asked = body.get("ids").size();
        if (asked > MAX_PROFILES) {
            throw new IllegalArgumentException("Asked for " + asked + " profiles at once");
        }
        return byIds(body);
    }

    /** The users here have their ids for usernames. */
    private static Stream<String> byUsernames(JsonNode body) {
        List<String> names = body.get("usernames")
                .valueStream()
                .map(name -> TextFolding.fold(name.asString()))
                .toList();
        return TENANTS.keySet().stream().filter(id -> names.contains(TextFolding.fold(id)));
    }

    private static List<Map<String, Object>> answer(
            JsonNode body,
            Function<JsonNode, Stream<String>> ids,
            BiFunction<String, String, Map<String, Object>> view) {
        String tenant = body.get("tenantId").asString();
        return ids.apply(body)
                .filter(id -> tenant.equals(TENANTS.get(id)))
                .map(id -> view.apply(tenant, id))
                .toList();
    }

    private static Map<String, Object> summary(String tenant, String id) {
        return Map.of("id", id, "username", id, "displayName", NAMES.getOrDefault(id, "Name of " + id));
    }

    private static Map<String, Object> address(String tenant, String id) {
        return Map.of("userId", id, "email", addressOf(id));
    }

    /** The e-mail address of a user. */
    public static String addressOf(String userId) {
        return userId + "@example.org";
    }

    private static Map<String, Object> profile(String tenant, String id) {
        Map<String, Object> profile = new HashMap<>(summary(tenant, id));
        profile.put("isBot", false);
        profile.put("status", "away");
        return profile;
    }
}
