package dev.parley.auth;

import dev.parley.platform.test.EmbeddedParts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as clients do. */
final class Client {

    static final String PASSWORD = "correct horse";

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final JsonMapper JSON = new JsonMapper();

    /** A registered user as the answer to the registration told of it. */
    record Account(JsonNode user, String accessToken, String refreshToken) {

        String id() {
            return user.get("id").asString();
        }

        String text(String field) {
            return user.get(field).asString();
        }
    }

    final WebTestClient http;

    Client(Environment environment) {
        this.http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + environment.getRequiredProperty("server.port"))
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    private Client(WebTestClient http) {
        this.http = http;
    }

    /** The same client at another address, for those who register many. */
    Client from(String address) {
        return new Client(
                http.mutate().defaultHeader("X-Forwarded-For", address).build());
    }

    /** A name that no other test has. */
    static String unique(String name) {
        return name + NUMBERS.incrementAndGet();
    }

    /** An address that nobody else has. */
    static String address() {
        int number = NUMBERS.incrementAndGet();
        return "10." + number / 65_536 % 256 + "." + number / 256 % 256 + "." + number % 256;
    }

    static Map<String, Object> registration(String username, String tenantId) {
        Map<String, Object> body = new HashMap<>();
        body.put("email", username + "@example.org");
        body.put("username", username);
        body.put("password", PASSWORD);
        body.put("tenantId", tenantId);
        return body;
    }

    Account register(String tenantId) {
        return register(registration(unique("user"), tenantId));
    }

    Account register(Map<String, Object> body) {
        ResponseSpec answer = post("/api/v1/auth/register", body);
        answer.expectStatus().isCreated();
        return account(json(answer));
    }

    Account login(Account account) {
        ResponseSpec answer = post(
                "/api/v1/auth/login",
                Map.of("email", account.text("email"), "password", PASSWORD, "tenantId", account.text("tenantId")));
        answer.expectStatus().isOk();
        return account(json(answer));
    }

    ResponseSpec refresh(String refreshToken) {
        return post("/api/v1/auth/refresh", Map.of("refreshToken", refreshToken));
    }

    /** The successor of a refresh token that is accepted. */
    String refreshed(String refreshToken) {
        ResponseSpec answer = refresh(refreshToken);
        answer.expectStatus().isOk();
        return json(answer).get("refreshToken").asString();
    }

    /** As notification-service says, which keeps preferences. */
    ResponseSpec copyVisibility(Account account, String visibility, long preferencesRevision) {
        return http.put()
                .uri("/internal/platform/users/{id}/last-seen-visibility", account.id())
                .headers(headers -> headers.setBasicAuth("service", EmbeddedParts.SERVICE_SECRET))
                .bodyValue(Map.of(
                        "tenantId",
                        account.text("tenantId"),
                        "lastSeenVisibility",
                        visibility,
                        "preferencesRevision",
                        preferencesRevision))
                .exchange();
    }

    ResponseSpec post(String path, Object body) {
        return http.post().uri(path).bodyValue(body).exchange();
    }

    ResponseSpec get(String path, String token) {
        return send(HttpMethod.GET, path, token, null);
    }

    ResponseSpec send(HttpMethod method, String path, String token, Object body) {
        WebTestClient.RequestBodySpec request = http.method(method).uri(path);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return body == null ? request.exchange() : request.bodyValue(body).exchange();
    }

    /** Expects a problem, with everything that a problem has; on internal paths it has nothing of a client surface. */
    static JsonNode problem(ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status);
        answer.expectHeader().contentType("application/problem+json");
        JsonNode problem = json(answer);
        if (!code.equals(problem.path("code").asString())
                || problem.path("status").asInt() != status
                || !problem.path("instance").asString("").startsWith("/internal/")
                        && problem.path("statusCode").asInt() != status
                || problem.path("traceId").asString("").isEmpty()) {
            throw new AssertionError("Expected " + status + " " + code + " but got " + problem);
        }
        return problem;
    }

    static JsonNode json(ResponseSpec answer) {
        return JSON.readTree(answer.expectBody().returnResult().getResponseBodyContent());
    }

    private static Account account(JsonNode signedIn) {
        JsonNode tokens = signedIn.get("tokens");
        return new Account(
                signedIn.get("user"),
                tokens.get("accessToken").asString(),
                tokens.get("refreshToken").asString());
    }
}
