package dev.parley.notification.fcm;

import static dev.parley.notification.provider.Outcomes.meaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.Outcomes;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.provider.TestPushes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pushes to an FCM on this machine that checks who sends them, and what. */
class FcmTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KeyPair KEYS = rsa();

    private static FcmServer server;

    private Fcm fcm;

    @BeforeAll
    static void startServer() {
        server = new FcmServer(KEYS);
    }

    @BeforeEach
    void start() {
        fcm = new Fcm(settings("", base64(server.account(KEYS)), Duration.ofSeconds(20)), JSON);
    }

    @AfterEach
    void stop() {
        fcm.destroy();
        server.messages().clear();
        server.refuseTokens("");
        server.giveTokensFor(Duration.ofHours(1));
        assertThat(server.complaints()).isEmpty();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void tellsTheDevice() {
        long before = Instant.now().getEpochSecond();

        assertThat(send(message("device"))).isEqualTo(new PushOutcome.Accepted("projects/parley-test/messages/device"));

        JsonNode message = server.messages().get(0);
        long expiration = Long.parseLong(
                message.path("apns").path("headers").path("apns-expiration").asString());
        assertThat(expiration).isBetween(before + 3_600, before + 3_700);
        assertThat(message).isEqualTo(JSON.readTree("""
                {"token": "device",
                 "notification": {"title": "Alice", "body": "Xin chào 👋"},
                 "data": {"type": "message", "conversationId": "%s", "messageId": "m1", "senderId": "alice",
                          "title": "Alice", "body": "Xin chào 👋", "url": "/#/c/%1$s",
                          "sentAt": "2026-01-02T03:04:05.678Z", "badge": "7", "tag": "%1$s", "pushId": "m1/bob/phone"},
                 "android": {"collapse_key": "%1$s", "priority": "HIGH", "ttl": "3600s",
                             "notification": {"tag": "%1$s", "channel_id": "messages", "sound": "default",
                                              "notification_count": 7}},
                 "apns": {"headers": {"apns-collapse-id": "%1$s", "apns-priority": "10", "apns-push-type": "alert",
                                      "apns-expiration": "%2$s"},
                          "payload": {"aps": {"badge": 7, "sound": "default", "thread-id": "%1$s",
                                              "mutable-content": 1}}},
                 "webpush": {"headers": {"TTL": "3600", "Urgency": "high"}}}""".formatted(TestPushes.CONVERSATION, expiration)));
    }

    @Test
    void makesNoSoundWhereNoneIsWanted() {
        send(TestPushes.message(address("device"), "Alice", "Hi", false));

        JsonNode message = server.messages().get(0);
        assertThat(message.path("android").path("notification").has("sound")).isFalse();
        assertThat(message.path("apns").path("payload").path("aps").has("sound"))
                .isFalse();
    }

    @Test
    void withdrawsByDataAlone() {
        assertThat(meaning(send(TestPushes.withdrawal(address("device"))))).isEqualTo("accepted");

        JsonNode message = server.messages().get(0);
        assertThat(message.has("notification")).isFalse();
        assertThat(message.path("data")).isEqualTo(JSON.readTree("""
                {"type": "read", "conversationId": "%s", "badge": "3", "tag": "%1$s", "pushId": "m1/bob/phone"}""".formatted(TestPushes.CONVERSATION)));
        assertThat(message.path("android")).isEqualTo(JSON.readTree("""
                {"collapse_key": "%s", "priority": "NORMAL", "ttl": "3600s"}""".formatted(TestPushes.CONVERSATION)));
        assertThat(message.path("apns").path("payload"))
                .isEqualTo(JSON.readTree("{\"aps\": {\"content-available\": 1}}"));
        assertThat(message.path("apns").path("headers").path("apns-priority").asString())
                .isEqualTo("5");
    }

    @Test
    void cutsTheTextToWhatFcmTakes() {
        assertThat(meaning(send(TestPushes.message(address("device"), "Alice", "ảnh\"👋".repeat(2_000)))))
                .isEqualTo("accepted");

        assertThat(server.messages().get(0).path("notification").path("body").asString())
                .hasSizeGreaterThan(300)
                .endsWith("…");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    404:UNREGISTERED            | gone: UNREGISTERED
                    403:SENDER_ID_MISMATCH      | gone: SENDER_ID_MISMATCH
                    400:INVALID_ARGUMENT        | refused: INVALID_ARGUMENT
                    400:about-token             | gone: INVALID_ARGUMENT
                    429:QUOTA_EXCEEDED          | retry: QUOTA_EXCEEDED after PT1M
                    429:QUOTA_EXCEEDED:90       | retry: QUOTA_EXCEEDED after PT1M30S
                    503:UNAVAILABLE             | retry: UNAVAILABLE after null
                    503:UNAVAILABLE:5           | retry: UNAVAILABLE after PT5S
                    500:INTERNAL                | retry: INTERNAL after null
                    401:THIRD_PARTY_AUTH_ERROR  | refused: THIRD_PARTY_AUTH_ERROR
                    502:page                    | retry: status 502 after null
                    404:page                    | refused: status 404
                    """)
    void understandsEveryError(String device, String meaning) {
        assertThat(meaning(send(message(device)))).isEqualTo(meaning);
        assertThat(server.messages()).hasSize(1);
    }

    @Test
    void aRefusalOfTheSenderIsAnOutage() {
        assertThatThrownBy(() -> send(message("403:PERMISSION_DENIED")))
                .isInstanceOf(ProviderUnavailableException.class)
                .hasMessage("FCM refuses this sender: PERMISSION_DENIED");
    }

    @Test
    void fetchesOneTokenHoweverManyNeedOne() {
        int before = server.tokensGiven();

        Flux.range(0, 4)
                .flatMap(i -> fcm.send(Collections.nCopies(50, message("device"))))
                .collectList()
                .block();
        send(message("device"));

        assertThat(server.messages()).hasSize(201);
        assertThat(server.tokensGiven()).isEqualTo(before + 1);
    }

    @Test
    void renewsARefusedTokenOnceAndSendsAgain() {
        send(message("device"));
        int before = server.tokensGiven();
        server.refuseTheTokensSoFar();

        assertThat(fcm.send(Collections.nCopies(50, message("device"))).block())
                .extracting(Outcomes::meaning)
                .containsOnly("accepted");

        assertThat(server.tokensGiven()).isEqualTo(before + 1);
        assertThat(server.messages()).hasSize(51);
    }

    @Test
    void doesNotUseATokenToItsEnd() {
        server.giveTokensFor(Duration.ZERO);
        send(message("device"));
        int before = server.tokensGiven();

        send(message("device"));

        assertThat(server.tokensGiven()).isGreaterThan(before);
    }

    @Test
    void isAwayWhileNoTokenIsGivenOutAndTriesAgain() {
        server.refuseTokens("400:invalid_grant");
        assertThatThrownBy(() -> send(message("device")))
                .isInstanceOf(ProviderUnavailableException.class)
                .hasMessage("Google gives out no token: status 400 invalid_grant");
        server.refuseTokens("503:unavailable");
        assertThatThrownBy(() -> send(message("device"))).isInstanceOf(ProviderUnavailableException.class);

        server.refuseTokens("");
        assertThat(meaning(send(message("device")))).isEqualTo("accepted");
    }

    @Test
    void keepsTheOrderOfABatchAndWaitsNotForEver() {
        Fcm impatient = new Fcm(settings("", base64(server.account(KEYS)), Duration.ofSeconds(5)), JSON);

        assertThat(impatient
                        .send(List.of(
                                message("200:silent"),
                                message("404:UNREGISTERED"),
                                message("device"),
                                message("503:UNAVAILABLE:1")))
                        .block())
                .extracting(Outcomes::meaning)
                .containsExactly(
                        "retry: timeout after null", "gone: UNREGISTERED", "accepted", "retry: UNAVAILABLE after PT1S");
        impatient.destroy();
    }

    @Test
    void isAwayWhileNobodyListens() {
        Fcm away = new Fcm(
                new FcmSettings(
                        "http://127.0.0.1:1",
                        "",
                        base64(server.account(KEYS)),
                        "",
                        "messages",
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        10,
                        10),
                JSON);

        assertThatThrownBy(() -> away.send(List.of(message("device"))).block())
                .hasStackTraceContaining("Connection refused");
        away.destroy();
    }

    @Test
    void takesTheAccountFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("account.json"), server.account(KEYS));
        Fcm fromFile = new Fcm(settings(file.toString(), "", Duration.ofSeconds(20)), JSON);

        assertThat(fromFile.send(List.of(message("device"))).block())
                .extracting(Outcomes::meaning)
                .containsExactly("accepted");
        fromFile.destroy();
    }

    @Test
    void isOffWithoutAnAccountAndShowsNoKey() {
        Fcm off = new Fcm(settings("", "", Duration.ofSeconds(1)), JSON);
        assertThat(off.enabled()).isFalse();
        assertThat(fcm.enabled()).isTrue();
        off.destroy();

        String account = base64(server.account(KEYS));
        FcmSettings settings = settings("", account, Duration.ofSeconds(1));
        assertThat(settings.toString() + settings.account())
                .doesNotContain(account)
                .contains("***");
        assertThatThrownBy(() -> settings("", base64("{\"client_email\": \"a@b.c\"}"), Duration.ofSeconds(1)))
                .hasMessage("parley.notification.fcm.credentials must be a service account in JSON, in Base64");
    }

    private PushOutcome send(PushRequest push) {
        return fcm.send(List.of(push)).block().get(0);
    }

    private static PushRequest message(String token) {
        return TestPushes.message(address(token), "Alice", "Xin chào 👋");
    }

    private static DeviceAddress address(String token) {
        return new DeviceAddress(ProviderName.FCM, token, null, null);
    }

    private static FcmSettings settings(String file, String credentials, Duration timeout) {
        return new FcmSettings(server.url(), file, credentials, "", "messages", timeout, Duration.ofSeconds(5), 50, 50);
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
