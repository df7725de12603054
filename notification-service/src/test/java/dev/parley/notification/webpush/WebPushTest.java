package dev.parley.notification.webpush;

import static dev.parley.notification.provider.Outcomes.meaning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.Outcomes;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.provider.TestPushes;
import dev.parley.platform.fetch.PublicEndpoints;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pushes to a push service on this machine that checks what it is sent, and decrypts it as a browser does. */
class WebPushTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final VapidKeyPair KEYS = VapidKeyPair.generate();

    private static PushService service;
    private static WebPush webPush;

    private final BrowserSubscription browser = BrowserSubscription.create();

    @BeforeAll
    static void start() {
        service = new PushService();
        webPush = webPush(true, Duration.ofSeconds(20));
    }

    @AfterAll
    static void stop() {
        webPush.destroy();
        service.close();
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(service.complaints()).isEmpty();
        service.received().clear();
    }

    private static WebPush webPush(boolean allowPrivate, Duration timeout) {
        WebPushSettings settings = TestWebPush.settings(KEYS, timeout);
        return new WebPush(settings, new VapidKeys(null, settings), new PublicEndpoints(allowPrivate), JSON);
    }

    @Test
    void theTestDecryptsAsTheStandardDoes() {
        BrowserSubscription ofTheStandard = BrowserSubscription.of(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
                "BTBZMqHH6r4Tts7J_aSIgg");

        assertThat(ofTheStandard.decrypt(Base64.getUrlDecoder()
                        .decode("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                                + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                                + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")))
                .isEqualTo("When I grow up, I want to be a watermelon");
    }

    @Test
    void encryptsThePushForTheBrowser() {
        assertThat(send(push("201", "Alice", "Xin chào 👋"))).isEqualTo(new PushOutcome.Accepted("/message/201"));

        PushService.Received received = service.received().get(0);
        assertThat(received.publicKey()).isEqualTo(KEYS.publicKey());
        assertThat(received.headers())
                .containsEntry("TTL", "3600")
                .containsEntry("Urgency", "high")
                .containsEntry("Topic", WebPushMessage.topic(TestPushes.CONVERSATION));
        assertThat(decrypted(received)).isEqualTo(JSON.readTree("""
                {"type": "message", "conversationId": "%s", "messageId": "m1", "senderId": "alice", "title": "Alice",
                 "body": "Xin chào 👋", "url": "/#/c/%1$s", "sentAt": "2026-01-02T03:04:05.678Z", "badge": 7,
                 "tag": "%1$s", "pushId": "m1/bob/phone"}""".formatted(TestPushes.CONVERSATION)));
    }

    @Test
    void withdrawsWithoutAnyText() {
        assertThat(send(TestPushes.withdrawal(address(service.endpoint("201")))))
                .isInstanceOf(PushOutcome.Accepted.class);

        PushService.Received received = service.received().get(0);
        assertThat(received.headers()).containsEntry("Urgency", "low");
        assertThat(decrypted(received)).isEqualTo(JSON.readTree("""
                {"type": "read", "conversationId": "%s", "badge": 3, "tag": "%1$s", "pushId": "m1/bob/phone"}""".formatted(TestPushes.CONVERSATION)));
    }

    @Test
    void cutsTheTextToWhatAPushServiceTakes() {
        String text = "ảnh\"👋".repeat(2_000);

        assertThat(send(push("201", "Alice", text))).isInstanceOf(PushOutcome.Accepted.class);

        PushService.Received received = service.received().get(0);
        String body = decrypted(received).path("body").asString();
        assertThat(received.body().length).isBetween(4_096 - 8, 4_096);
        assertThat(body).endsWith("…").hasSizeGreaterThan(1_000);
        assertThat(text).startsWith(body.substring(0, body.length() - 1));
        assertThat(Character.isHighSurrogate(body.charAt(body.length() - 2))).isFalse();
    }

    @Test
    void cutsTheTitleWhereThatIsNotEnough() {
        assertThat(send(push("201", "Ă".repeat(5_000), "text"))).isInstanceOf(PushOutcome.Accepted.class);

        JsonNode push = decrypted(service.received().get(0));
        assertThat(push.path("title").asString()).endsWith("…").hasSizeGreaterThan(1_000);
        assertThat(push.has("body")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    200                               | accepted
                    201                               | accepted
                    202                               | accepted
                    400                               | refused: status 400
                    401                               | refused: status 401
                    403                               | refused: status 403
                    404                               | gone: status 404
                    408                               | retry: status 408 after null
                    410                               | gone: status 410
                    413                               | refused: too large
                    429                               | retry: too many requests after null
                    429/120                           | retry: too many requests after PT2M
                    429/99999999999999                | retry: too many requests after PT24H
                    429/soon                          | retry: too many requests after null
                    429/Thu,_1_Jan_1970_00:00:00_GMT  | retry: too many requests after PT0S
                    500                               | retry: status 500 after null
                    502                               | retry: status 502 after null
                    503/7                             | retry: status 503 after PT7S
                    elsewhere                         | refused: status 307
                    """)
    void understandsEveryAnswer(String path, String meaning) {
        assertThat(meaning(send(push(path, "Alice", "Hi")))).isEqualTo(meaning);
        assertThat(service.received()).hasSize(1);
    }

    @Test
    void keepsTheOrderOfABatch() {
        List<String> paths = List.of("410", "201", "503/1");
        List<String> meanings = List.of("gone: status 410", "accepted", "retry: status 503 after PT1S");

        List<PushOutcome> outcomes = webPush.send(IntStream.range(0, 60)
                        .mapToObj(i -> push(paths.get(i % 3), "Alice", "Hi " + i))
                        .toList())
                .block();

        assertThat(outcomes)
                .extracting(Outcomes::meaning)
                .containsExactlyElementsOf(IntStream.range(0, 60)
                        .mapToObj(i -> meanings.get(i % 3))
                        .toList());
        assertThat(service.received()).hasSize(60);
    }

    @Test
    void signsOnceForEachServiceAndEncryptsAnewForEachPush() {
        send(push("201", "Alice", "Hi"));
        send(push("201", "Alice", "Hi"));

        List<PushService.Received> both = service.received();
        assertThat(both.get(0).headers().get("Authorization"))
                .isEqualTo(both.get(1).headers().get("Authorization"));
        assertThat(both.get(0).body()).isNotEqualTo(both.get(1).body());
    }

    @Test
    void oneServiceThatIsAwayIsAnOutageOfNobodyElse() {
        WebPush impatient = webPush(true, Duration.ofSeconds(5));

        assertThat(impatient
                        .send(List.of(
                                push("silent", "Alice", "Hi"),
                                TestPushes.message(address("http://127.0.0.1:1/push"), "Alice", "Hi"),
                                push("201", "Alice", "Hi")))
                        .block())
                .extracting(Outcomes::meaning)
                .containsExactly("retry: timeout after null", "retry: unreachable after null", "accepted");
        impatient.destroy();
    }

    @Test
    void leavesAServiceAloneThatDoesNotAnswerAndNoOther() {
        WebPush impatient = webPush(true, Duration.ofSeconds(10));
        PushRequest silent = TestPushes.message(address(service.endpointThatNeverAnswers()), "Alice", "Hi");

        assertThat(impatient.send(List.of(silent, silent, silent)).block())
                .extracting(Outcomes::meaning)
                .containsOnly("retry: timeout after null");
        service.received().clear();

        assertThat(impatient.send(List.of(silent, push("201", "Alice", "Hi"))).block())
                .extracting(Outcomes::meaning)
                .containsExactly("retry: service rests after PT1M", "accepted");
        assertThat(service.received()).hasSize(1);
        impatient.destroy();
    }

    @Test
    void readsNoAnswerForEver() {
        assertThat(meaning(send(push("endless", "Alice", "Hi")))).isEqualTo("accepted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/push",
                "https://169.254.169.254/",
                "http://8.8.8.8/",
                "https://[::1]/push",
                "push"
            })
    void sendsNothingToWhatIsNotPublic(String endpoint) {
        WebPush strict = webPush(false, Duration.ofSeconds(20));

        assertThat(strict.send(List.of(TestPushes.message(address(endpoint), "Alice", "Hi")))
                        .block())
                .extracting(Outcomes::meaning)
                .containsExactly("refused: endpoint not allowed");
        strict.destroy();
    }

    @Test
    void givesASubscriptionUpThatNobodyCanEncryptFor() {
        byte[] offTheCurve = new byte[65];
        Arrays.fill(offTheCurve, (byte) 4);

        for (String p256dh : Arrays.asList(Base64.getUrlEncoder().encodeToString(offTheCurve), "?", null)) {
            assertThat(meaning(send(TestPushes.message(
                            address(service.endpoint("201"), p256dh, browser.auth()), "Alice", "Hi"))))
                    .isEqualTo("gone: keys of no use");
        }
        assertThat(meaning(send(
                        TestPushes.message(address(service.endpoint("201"), browser.p256dh(), null), "Alice", "Hi"))))
                .isEqualTo("gone: keys of no use");
        assertThat(service.received()).isEmpty();
    }

    @Test
    void namesTopicsAsTheHeaderMay() {
        assertThat(WebPushMessage.topic("abc_-9")).isEqualTo("abc_-9");
        assertThat(WebPushMessage.topic(TestPushes.CONVERSATION)).matches("[A-Za-z0-9_-]{32}");
        assertThat(WebPushMessage.topic(TestPushes.CONVERSATION))
                .isNotEqualTo(WebPushMessage.topic(TestPushes.CONVERSATION + "x"));
    }

    private PushOutcome send(PushRequest push) {
        return webPush.send(List.of(push)).block().get(0);
    }

    private JsonNode decrypted(PushService.Received received) {
        return JSON.readTree(browser.decrypt(received.body()));
    }

    private PushRequest push(String path, String title, String body) {
        return TestPushes.message(address(service.endpoint(path)), title, body);
    }

    private DeviceAddress address(String endpoint) {
        return address(endpoint, browser.p256dh(), browser.auth());
    }

    private static DeviceAddress address(String endpoint, @Nullable String p256dh, @Nullable String auth) {
        return new DeviceAddress(ProviderName.WEB_PUSH, endpoint, p256dh, auth);
    }
}
