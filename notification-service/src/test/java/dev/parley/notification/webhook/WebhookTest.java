package dev.parley.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.Outcomes;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.provider.TestPushes;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

class WebhookTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "the secret of the tests, of many letters";
    private static final String FORMER = "the secret that was used before that one";
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** The path of the webhook says what the server answers: a status, and the header {@code Retry-After}. */
    private final List<String> received = new CopyOnWriteArrayList<>();

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Sinks.Empty<Void> otherTold = Sinks.empty();
    private volatile String known = SECRET;
    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();

    private Webhook webhook;

    @AfterEach
    void stop() {
        if (webhook != null) {
            webhook.destroy();
        }
        server.disposeNow();
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        String[] path = request.path().split("/");
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            if (!isSigned(request.requestHeaders(), body)) {
                complaints.add(body);
                return response.status(401).send().then();
            }
            received.add(body);
            if (path[0].equals("silent")) {
                return Mono.never();
            }
            if (path[0].equals("late")) {
                return otherTold.asMono().then(response.status(200).send().then());
            }
            if (path.length > 1) {
                response.header("Retry-After", path[1]);
            }
            response.header("Location", "/200");
            return response.status(Integer.parseInt(path[0])).send().then();
        });
    }

    /** What the page tells receivers to do. */
    private boolean isSigned(HttpHeaders headers, String body) {
        try {
            String timestamp = headers.get("Parley-Timestamp");
            Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(known.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String expected = "v1="
                    + HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
            return age.abs().compareTo(MAX_AGE) < 0
                    && List.of(headers.get("Parley-Signature").split(",")).contains(expected)
                    && JSON.readTree(body)
                            .path("pushId")
                            .asString()
                            .equals(UriUtils.decode(headers.get("Parley-Push-Id"), StandardCharsets.UTF_8));
        } catch (Exception unreadable) {
            return false;
        }
    }

    private String send(String path, String former, PushRequest push) {
        webhook = new Webhook(
                new WebhookSettings(
                        Map.of(
                                "acme",
                                new WebhookSettings.Target(
                                        "http://127.0.0.1:" + server.port() + "/" + path, SECRET, former)),
                        Duration.ofMillis(path.equals("silent") ? 2_000 : 10_000),
                        Duration.ofSeconds(3),
                        4),
                JSON);
        return Outcomes.meaning(webhook.send(List.of(push)).block().get(0));
    }

    private static PushRequest push() {
        return TestPushes.message(new DeviceAddress(ProviderName.WEBHOOK, "the token", null, null), "Alice", "Hi");
    }

    @Test
    void postsWhatADeviceIsTold() {
        assertThat(send("200", "", push())).isEqualTo("accepted");
        var body = JSON.readTree(received.get(0));
        assertThat(body.path("pushId").asString()).isEqualTo(TestPushes.PUSH_ID);
        assertThat(body.path("tenantId").asString()).isEqualTo("acme");
        assertThat(body.path("token").asString()).isEqualTo("the token");
        assertThat(body.path("timeToLive").asInt()).isEqualTo(3_600);
        assertThat(body.path("data").path("body").asString()).isEqualTo("Hi");
        assertThat(body.path("data").path("badge").asInt()).isEqualTo(7);
    }

    @Test
    void tellsReactionsApartByTheirHeader() {
        PushRequest hello = push();
        PushRequest reaction =
                new PushRequest("m1/bob/👍/alice/100 % phone", hello.address(), hello.content(), hello.timeToLive());
        assertThat(send("200", "", reaction)).isEqualTo("accepted");
        assertThat(JSON.readTree(received.get(0)).path("pushId").asString()).isEqualTo(reaction.pushId());
    }

    @Test
    void marksAWithdrawalAsSilent() {
        PushRequest read = TestPushes.withdrawal(new DeviceAddress(ProviderName.WEBHOOK, "t", null, null));
        assertThat(send("204", "", read)).isEqualTo("accepted");
        assertThat(JSON.readTree(received.get(0)).path("silent").asBoolean()).isTrue();
        assertThat(JSON.readTree(received.get(0)).path("data").path("type").asString())
                .isEqualTo("read");
    }

    @Test
    void signsWithTheFormerSecretTooUntilTheReceiverHasTheNewOne() {
        known = FORMER;
        assertThat(send("200", FORMER, push())).isEqualTo("accepted");
        webhook.destroy();
        assertThat(send("200", "", push())).isEqualTo("refused: status 401");
        assertThat(complaints).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "202, accepted",
        "410, gone: status 410",
        "404, refused: status 404",
        "400, refused: status 400",
        "307, refused: status 307",
        "408, retry: status 408 after null",
        "429/7, retry: status 429 after PT7S",
        "500, retry: status 500 after null",
        "503/60, retry: status 503 after PT1M",
        "silent, retry: timeout after null"
    })
    void knowsWhatAnAnswerMeans(String path, String meaning) {
        assertThat(send(path, "", push())).isEqualTo(meaning);
        assertThat(received).hasSize(1);
    }

    @Test
    void aServerThatDoesNotAnswerHoldsUpNoOther() {
        DisposableServer other = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    otherTold.tryEmitEmpty();
                    return response.status(200).send();
                })
                .bindNow();
        try {
            webhook = new Webhook(
                    new WebhookSettings(
                            Map.of("acme", target(server, "late"), "umbrella", target(other, "")),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(3),
                            1),
                    JSON);
            assertThat(webhook.send(List.of(push(), push(), TestPushes.of("umbrella", push())))
                            .block())
                    .extracting(Outcomes::meaning)
                    .containsExactly("accepted", "accepted", "accepted");
        } finally {
            other.disposeNow();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsWaitedForOnlyOnce() {
        int pushes = 40;
        webhook = new Webhook(
                new WebhookSettings(
                        Map.of("acme", target(server, "silent")), Duration.ofMillis(500), Duration.ofSeconds(3), 1),
                JSON);
        assertThat(webhook.send(Collections.nCopies(pushes, push())).block(Duration.ofSeconds(15)))
                .extracting(Outcomes::meaning)
                .hasSize(pushes)
                .containsOnly("retry: timeout after null");
    }

    private static WebhookSettings.Target target(DisposableServer server, String path) {
        return new WebhookSettings.Target("http://127.0.0.1:" + server.port() + "/" + path, SECRET, "");
    }

    @Test
    void triesAgainWhereNobodyListens() {
        server.disposeNow();
        assertThat(send("200", "", push())).isEqualTo("retry: unreachable after null");
    }

    @Test
    void isOffWithoutATenantAndShowsNoSecret() {
        WebhookSettings none = new WebhookSettings(Map.of(), MAX_AGE, MAX_AGE, 1);
        webhook = new Webhook(none, JSON);
        assertThat(webhook.enabled()).isFalse();
        assertThat(Outcomes.meaning(webhook.send(List.of(push())).block().get(0)))
                .isEqualTo("refused: no webhook");
        assertThat(new WebhookSettings.Target("http://a", SECRET, FORMER).toString())
                .doesNotContain(SECRET, FORMER);
    }

    @Test
    void refusesAWeakSecret() {
        Map<String, WebhookSettings.Target> weak =
                Map.of("acme", new WebhookSettings.Target("https://push.example", "short", ""));
        assertThatThrownBy(() -> new WebhookSettings(weak, MAX_AGE, MAX_AGE, 1))
                .hasMessageStartingWith("parley.notification.webhook.tenants.acme.secret must");
    }
}
