package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class LimitTest extends GatewayTest {

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void startGateway() {
        gateway = start(
                "--parley.gateway.rate-limit.user-per-second=1",
                "--parley.gateway.rate-limit.user-burst=20",
                "--parley.gateway.rate-limit.address-per-second=1",
                "--parley.gateway.rate-limit.address-burst=20",
                "--parley.gateway.rate-limit.failures-per-second=1",
                "--parley.gateway.rate-limit.failures-burst=20");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @Test
    void passesABodyUpToTheLimit() throws Exception {
        byte[] body = new byte[1024 * 1024];

        assertThat(send(message("bob").POST(BodyPublishers.ofByteArray(body))).statusCode())
                .isEqualTo(200);
        assertThat(MESSAGE.received.poll().body()).hasSize(body.length);
    }

    @Test
    void refusesABodyThatIsAnnouncedAsTooLarge() throws Exception {
        assertTooLarge(message("bob").POST(BodyPublishers.ofByteArray(new byte[1024 * 1024 + 1])));
    }

    @Test
    void refusesABodyThatTurnsOutToBeTooLarge() throws Exception {
        assertTooLarge(message("bob")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1024 * 1024 + 1]))));
    }

    @Test
    void letsAnUploadBeLarger() throws Exception {
        HttpResponse<String> response = send(authorized(gateway, "/api/v1/users/me/avatar")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .PUT(BodyPublishers.ofByteArray(new byte[2 * 1024 * 1024])));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAContentTypeThatIsNone() throws Exception {
        HttpResponse<String> refused =
                send(message("bob").setHeader("Content-Type", "json").POST(BodyPublishers.ofString("{}")));

        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(refused.body()).contains("request.unsupported-media-type");
    }

    @Test
    void refusesHeadersThatAreTooLarge() throws Exception {
        HttpResponse<String> response =
                send(request(gateway, "/page-of-the-tests.html").header("X-Padding", "x".repeat(17 * 1024)));

        assertThat(response.statusCode()).isEqualTo(431);
        assertThat(json(response).get("code").asString()).isEqualTo("request.headers-too-large");
    }

    @Test
    void holdsAUserToARateWithoutHoldingBackAnother() throws Exception {
        HttpResponse<String> refused = untilRefused(message("carl"));

        assertRateLimited(refused);
        assertThat(send(message("dora")).statusCode()).isEqualTo(200);
    }

    @Test
    void holdsAnAddressWithoutATokenToARateButNotItsSockets() throws Exception {
        HttpRequest.Builder login = request(gateway, "/api/v1/auth/login").POST(BodyPublishers.ofString("{}"));

        assertRateLimited(untilRefused(login));
        for (int i = 0; i < 50; i++) {
            assertThat(send(request(gateway, "/socket.io/?EIO=4&transport=polling"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void holdsAnAddressToANumberOfConnectionsAndNoOtherAddress() throws Exception {
        MeterRegistry meters = gateway.getBean(MeterRegistry.class);
        List<RawClient> many = new ArrayList<>();
        try {
            for (int i = 0; i < 1_100; i++) {
                many.add(RawClient.connect(gateway, "127.0.0.2"));
            }
            await().atMost(TIMEOUT)
                    .until(() -> meters.get("parley.gateway.connections.refused")
                                    .counter()
                                    .count()
                            == 100);
            assertThat(meters.get("parley.gateway.connections").gauge().value()).isGreaterThanOrEqualTo(1_000);

            assertThat(ask("127.0.0.3", "/page-of-the-tests.html").status()).isEqualTo(200);
        } finally {
            for (RawClient one : many) {
                one.close();
            }
        }
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> ask("127.0.0.2", "/page-of-the-tests.html").status() == 200);
    }

    @Test
    void holdsAnAddressToARateOfFailuresAndNobodyWithAGoodToken() throws Exception {
        String path = "/api/v1/users/me";
        String good = "Authorization: Bearer " + TestTokens.tokenFor("finn", "acme");
        String expired = "Authorization: Bearer " + TestTokens.expiredTokenFor("gina", "acme");
        String forged = "Authorization: Bearer " + TestTokens.forgedTokenFor("eve", "acme");

        for (String bad : List.of(forged, "Authorization: Bearer nonsense", "X-No: token")) {
            assertRateLimited(untilLimited(path, bad));
        }
        for (String unreadable : List.of("/api/v1/%zz", "/api/v1/a/../b", "/no-such-page", "x".repeat(5_000))) {
            assertRateLimited(untilLimited(unreadable, good));
        }

        assertThat(ask("127.0.0.4", path, good).status()).isEqualTo(200);
        assertThat(ask("127.0.0.4", path, expired).json().path("code").asString())
                .isEqualTo("auth.expired-token");
        assertThat(ask("127.0.0.5", path, forged).status()).isEqualTo(401);
    }

    private static RawClient.Answer untilLimited(String path, String header) throws Exception {
        RawClient.Answer answer = ask("127.0.0.4", path, header);
        for (int i = 0; i < 100 && answer.status() != 429; i++) {
            answer = ask("127.0.0.4", path, header);
        }
        return answer;
    }

    private static RawClient.Answer ask(String from, String path, String... headers) throws Exception {
        try (RawClient client = RawClient.connect(gateway, from)) {
            return client.send(RawClient.head("GET", path, headers)).answer();
        }
    }

    private static void assertRateLimited(RawClient.Answer refused) {
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("retry-after", "1");
        assertThat(refused.json().path("code").asString()).isEqualTo("request.rate-limited");
    }

    private static HttpResponse<String> untilRefused(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = send(request);
        for (int i = 0; i < 50 && response.statusCode() == 200; i++) {
            response = send(request);
        }
        return response;
    }

    private static void assertRateLimited(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(refused).get("code").asString()).isEqualTo("request.rate-limited");
    }

    private static HttpRequest.Builder message(String user) {
        return request(gateway, "/api/v1/conversations/c1/messages")
                .header("Authorization", "Bearer " + TestTokens.tokenFor(user, "acme"))
                .header("Content-Type", "application/json");
    }

    private static void assertTooLarge(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = send(request);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).get("code").asString()).isEqualTo("request.body-too-large");
        assertThat(MESSAGE.received).isEmpty();
    }
}
