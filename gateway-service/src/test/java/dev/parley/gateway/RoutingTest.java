package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

class RoutingTest extends GatewayTest {

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void startGateway() {
        gateway = start();
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/auth/logout, auth",
        "/api/v1/users, auth",
        "/api/v1/users/me/preferences, notification",
        "/api/v1/users/u1/last-seen, presence",
        "/.well-known/jwks.json, auth",
        "/api/v1/conversations, conversation",
        "/api/v1/conversations/c1, conversation",
        "/api/v1/conversations/c1/members, conversation",
        "/api/v1/conversations/c1/messages, message",
        "/api/v1/conversations/c1/messages/pinned, message",
        "/api/v1/conversations/c1/files?type=image, message",
        "/api/v1/messages/m1/reactions/%F0%9F%91%8D, message",
        "/api/v1/storage/files, media",
        "/api/v1/users/me/avatar, media",
        "/api/v1/users/me/devices, notification",
        "/api/v1/users/me/devices/d1, notification",
        "/socket.io/?EIO=4&transport=polling, presence",
    })
    void sendsEachPathToTheServiceThatServesIt(String path, String service) throws Exception {
        assertThat(send(authorized(gateway, path)).statusCode()).isEqualTo(200);

        assertThat(stub(service).received.poll().uri()).isEqualTo(path);
        assertThat(ALL).allMatch(other -> other.received.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/users",
                "/actuator/env",
                "/actuator/prometheus",
                "/api/v1/internal/users",
                "/api/v1/users/../../../internal/users",
                "/api/v1/users/%2e%2e/%2e%2e/internal/users",
                "/api/v1/users/..;/internal/users",
                "//internal/users",
                "/socket.io/../actuator/prometheus",
                "/api/v1/unheard-of",
            })
    void reachesNothingThatIsNotARoute(String path) throws Exception {
        HttpResponse<String> response = send(authorized(gateway, path));

        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(ALL).allMatch(service -> service.received.isEmpty());
        assertThat(json(response).get("code").asString()).startsWith("request.");
        assertThat(json(response).get("traceId").asString()).isNotEmpty();
    }

    @Test
    void showsItsOwnHealthAndNothingMore() throws Exception {
        HttpResponse<String> health = send(request(gateway, "/actuator/health"));

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(json(health).get("status").asString()).isEqualTo("UP");
        assertThat(json(health).has("components")).isFalse();
        assertThat(send(request(gateway, "/actuator")).statusCode()).isEqualTo(404);
    }

    @Test
    void passesTheRequestOnAsItIs() throws Exception {
        String token = TestTokens.tokenFor("ann", "acme");
        send(request(gateway, "/api/v1/conversations/group?dryRun=a%20b")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "k1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Größe\"}")));

        StubService.Received received = CONVERSATION.received.poll();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.uri()).isEqualTo("/api/v1/conversations/group?dryRun=a%20b");
        assertThat(received.body()).isEqualTo("{\"name\":\"Größe\"}");
        assertThat(received.headers().get("Authorization")).isEqualTo("Bearer " + token);
        assertThat(received.headers().get("Idempotency-Key")).isEqualTo("k1");
    }

    @Test
    void passesAnErrorAnswerBackAsItIs() throws Exception {
        MESSAGE.answer = (request, response) -> response.status(409)
                .header("Content-Type", "application/problem+json")
                .sendString(Mono.just("{\"code\":\"message.conflict\"}"));

        HttpResponse<String> response = send(authorized(gateway, "/api/v1/messages/m1"));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).isEqualTo("{\"code\":\"message.conflict\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 400, 403, 404, 414, 431, 500})
    void passesAnAnswerWithoutABodyBackWithItsStatus(int status) throws Exception {
        MESSAGE.answer = (request, response) -> response.status(status).send();

        assertThat(send(authorized(gateway, "/api/v1/messages/m1")).statusCode())
                .isEqualTo(status);
    }

    @Test
    void keepsTheCallersRequestIdOnTheWayInAndOut() throws Exception {
        AUTH.answer = (request, response) -> response.header(
                        "X-Request-Id", request.headers().get("X-Request-Id"))
                .send();

        HttpResponse<String> response =
                send(authorized(gateway, "/api/v1/users/me").header("X-Request-Id", "trace-1"));

        assertThat(AUTH.received.poll().headers().getAll("X-Request-Id")).containsExactly("trace-1");
        assertThat(response.headers().allValues("X-Request-Id")).containsExactly("trace-1");
    }

    @Test
    void makesARequestIdWhereThereIsNoGoodOne() throws Exception {
        HttpResponse<String> response =
                send(authorized(gateway, "/api/v1/users/me").header("X-Request-Id", "not a good one"));

        String id = AUTH.received.poll().headers().get("X-Request-Id");
        assertThat(id).matches("[0-9a-f-]{36}");
        assertThat(response.headers().allValues("X-Request-Id")).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/users/me", "/api/v1/nowhere", "/api/v1/config", "/actuator/health"})
    void tellsTheTimeWithEveryAnswer(String path) throws Exception {
        assertThat(send(request(gateway, path)).headers().allValues("Date")).hasSize(1);
        assertThat(send(authorized(gateway, path)).headers().allValues("Date")).hasSize(1);
    }

    @Test
    void tellsServicesTheRealAddressWhateverTheClientClaims() throws Exception {
        send(authorized(gateway, "/api/v1/users/me")
                .header("X-Forwarded-For", "6.6.6.6")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https")
                .header("X-Real-IP", "6.6.6.6")
                .header("Forwarded", "for=6.6.6.6"));

        StubService.Received received = AUTH.received.poll();
        assertThat(received.headers().getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(received.headers().getAll("X-Forwarded-Proto")).containsExactly("http");
        assertThat(received.headers().entries())
                .noneMatch(header -> header.getValue().contains("6.6.6.6")
                        || header.getValue().contains("evil"));
    }

    private static StubService stub(String service) {
        return switch (service) {
            case "auth" -> AUTH;
            case "conversation" -> CONVERSATION;
            case "message" -> MESSAGE;
            case "presence" -> PRESENCE;
            case "media" -> MEDIA;
            case "notification" -> NOTIFICATION;
            default -> throw new IllegalArgumentException(service);
        };
    }

    @ParameterizedTest
    @CsvSource({"/nothing, ./", "/nothing/at/all, ../../", "/c/123?x=1, ../", "/app/no-such-file.js, ../"})
    void aPersonAtAnUnknownAddressGetsAPageThatLeadsBackAndAProgramTheError(String path, String root) throws Exception {
        String accepted = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        HttpResponse<String> page = send(request(gateway, path).header("Accept", accepted));
        HttpResponse<String> problem = send(request(gateway, path).header("Accept", "*/*"));

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body()).contains("There is nothing here", "<base href=\"" + root + "\">");
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(json(problem).get("code").asString()).isEqualTo("request.no-such-resource");
    }

    @Test
    void theApiAnswersWithErrorsAlsoWhereAPersonAsks() throws Exception {
        HttpResponse<String> answer =
                send(authorized(gateway, "/api/v1/nothing").header("Accept", "text/html"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
}
