package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

/** Whatever a client does wrong is told to that client, and changes nothing for anybody else. */
@ExtendWith(OutputCaptureExtension.class)
class ClientFaultTest extends GatewayTest {

    private static final String ATTACKER = "127.0.0.2";

    /** As many connections as one address may have. */
    private static final String CROWD = "127.0.0.3";

    private static final int MAX_CONNECTIONS = 1_000;
    private static final String JSON_BODY = "Content-Type: application/json";
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(3);

    /** One for each service and for each circuit breaker. */
    private static final List<String> PATHS = List.of(
            "/api/v1/conversations/c1",
            "/api/v1/conversations/c1/messages",
            "/api/v1/users/me",
            "/api/v1/users/u1/last-seen",
            "/socket.io/?EIO=4&transport=polling");

    private static final List<String> BAD_IDS = List.of(
            "..",
            "%2e%2e",
            "%252e%252e",
            "a%2Fb",
            "a%5Cb",
            "a;b",
            "a%3Bb",
            "%00",
            "a//b",
            "%zz",
            "%",
            "%E0%A4%A",
            "a b",
            "\u00ff\u00fe",
            "{id}",
            "a|b",
            "a\"b",
            "x".repeat(5_000));

    private static ConfigurableApplicationContext gateway;

    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void startGateway() {
        gateway = start(
                "--parley.gateway.limits.body-time=1s",
                "--parley.gateway.limits.transfer-idle=1m",
                "--parley.gateway.connections.head-timeout=1s",
                "--parley.gateway.upstream.response-timeout=" + RESPONSE_TIMEOUT.toMillis() + "ms",
                "--parley.gateway.upstream.breaker-window=4",
                "--parley.gateway.upstream.breaker-minimum=4",
                "--parley.gateway.upstream.breaker-failure-percent=25");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @AfterEach
    void leave() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void aServiceIsRefusedToNobodyForWhatAClientDoes(CapturedOutput log) throws Exception {
        String mallory = "Authorization: Bearer " + TestTokens.tokenFor("mallory", "acme");
        for (StubService service : ALL) {
            // As a service's own firewall does.
            service.answer = (request, response) ->
                    request.uri().contains("..") || request.uri().contains("%2")
                            ? response.status(400).send()
                            : response.sendString(Mono.just("{}"));
        }
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            clients.add(RawClient.connect(gateway, CROWD));
        }
        List<RawClient> slow = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (String path : PATHS) {
                for (String body : List.of("Content-Length: 1000", "Content-Length: 500000")) {
                    slow.add(client().send(RawClient.head("POST", path, mallory, JSON_BODY, body) + "{"));
                    client().send(RawClient.head("POST", path, mallory, JSON_BODY, body) + "{")
                            .reset();
                }
                String chunked = RawClient.head("POST", path, mallory, JSON_BODY, "Transfer-Encoding: chunked");
                slow.add(client().send(chunked + "5\r\n{\"a\":\r\n"));
                client().send(chunked + "5\r\n{\"a\":\r\n").reset();
                client().send(chunked + "zz\r\nno length\r\n");
                client().send(RawClient.head("GET", path, mallory)).reset();
                client().send(RawClient.head(
                        "POST",
                        path,
                        mallory,
                        "Content-Type: multipart/form-data; boundary=b",
                        "Content-Length: 500000"));
                client().send(RawClient.head(
                        "GET", path, "Authorization: Bearer " + TestTokens.forgedTokenFor("eve", "acme")));
                client().send(RawClient.head("GET", path, "Authorization: Bearer nonsense"));
                client().send("GET " + path + " HTTP/1.1\r\nHost: ch");
                for (String id : round == 0 ? BAD_IDS : List.<String>of()) {
                    client().send(RawClient.head(
                            "GET", path + (path.contains("?") ? "&" : "?") + "sid=" + id, mallory));
                    client().send(RawClient.head("GET", path.replaceFirst("\\?.*", "") + "/" + id, mallory));
                }
                nobodyElseIsRefused();
            }
            client().send(RawClient.head(
                    "GET", "/socket.io/?EIO=4&transport=websocket", "Upgrade: websocket", "Connection: Upgrade"));
        }
        for (RawClient client : slow) {
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(answer.json().path("code").asString()).isEqualTo("request.body-too-slow");
            assertThat(client.isClosed()).isTrue();
        }
        nobodyElseIsRefused();
        assertThat(failedCalls()).isZero();
        assertThat(log).doesNotContain(" ERROR ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?cursor="})
    void aBadIdIsRefusedAsAProblem(String query) throws Exception {
        for (StubService service : ALL) {
            service.answer = (request, response) -> response.status(404)
                    .header("Content-Type", "application/problem+json")
                    .header("Content-Length", "28")
                    .sendString(Mono.just("{\"code\":\"message.not-found\"}"));
        }
        for (String id : BAD_IDS) {
            RawClient.Answer answer = client().send(RawClient.head(
                            "GET",
                            "/api/v1/messages/" + query + id,
                            "Authorization: Bearer " + TestTokens.tokenFor("ann", "acme")))
                    .answer();

            assertThat(answer.status()).as(id).isIn(400, 404);
            assertThat(answer.headers()).as(id).containsEntry("content-type", "application/problem+json");
            assertThat(answer.json().path("code").asString()).as(id).isIn("request.malformed", "message.not-found");
        }
        ALL.forEach(StubService::reset);
        nobodyElseIsRefused();
    }

    @Test
    void aSlowUploadHasItsTimeAndIsTheClientsFaultPastIt() throws Exception {
        long begun = System.nanoTime();
        String upload = "x".repeat(100_000);
        RawClient uploading = client().send(RawClient.head(
                        "PUT",
                        "/api/v1/users/me/avatar",
                        "Authorization: Bearer " + TestTokens.tokenFor("ann", "acme"),
                        "Content-Type: multipart/form-data; boundary=b",
                        "Content-Length: " + 2 * upload.length())
                + upload);
        while (System.nanoTime() - begun < RESPONSE_TIMEOUT.toNanos()) {
            RawClient slow =
                    client().send(RawClient.head("POST", "/api/v1/auth/login", JSON_BODY, "Content-Length: 10") + "{");
            assertThat(slow.answer().status()).isEqualTo(408);
        }

        assertThat(uploading.send(upload).answer().status()).isEqualTo(200);
        assertThat(MEDIA.received.poll().body()).hasSize(2 * upload.length());
    }

    @Test
    void aConnectionWithoutAWholeRequestIsClosed() throws Exception {
        RawClient idle = client();
        RawClient half = client().send("GET /api/v1/config HTTP/1.1\r\nHost: chat");
        RawClient later = client().send(RawClient.head("GET", "/page-of-the-tests.html"));
        assertThat(later.answer().status()).isEqualTo(200);
        later.send("GET / HTTP/1.1\r\n");
        RawClient refused = client().send(RawClient.head("POST", "/api/v1/messages/..", "Content-Length: 9"));
        assertThat(refused.answer().status()).isEqualTo(400);
        RawClient dripping = client().send("GET / HTTP/1.1\r\nX-Slow: ");
        await().atMost(TIMEOUT).until(() -> {
            try {
                dripping.send("x");
                return false;
            } catch (IOException closed) {
                return true;
            }
        });

        for (RawClient client : List.of(idle, half, later, refused)) {
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aSocketStaysOpenWhenItIsQuiet() throws Exception {
        SocketClient socket = SocketClient.connect(gateway, "/socket.io/?EIO=4&transport=websocket");
        for (String message : List.of("one", "two", "three")) {
            assertThat(client().isClosed()).isTrue(); // the time for a head is over
            socket.send(message);
            assertThat(socket.next()).isEqualTo(message);
        }
        socket.close();
    }

    private RawClient client() throws IOException {
        RawClient client = RawClient.connect(gateway, ATTACKER);
        clients.add(client);
        return client;
    }

    private static void nobodyElseIsRefused() throws Exception {
        for (String path : PATHS) {
            assertThat(send(authorized(gateway, path)).statusCode()).as(path).isEqualTo(200);
            assertThat(send(authorized(gateway, path)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{}")))
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    private static long failedCalls() {
        return gateway
                .getBean(MeterRegistry.class)
                .get("resilience4j.circuitbreaker.calls")
                .tag("kind", "failed")
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
