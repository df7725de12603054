package dev.parley.notification.apns;

import static dev.parley.notification.provider.Outcomes.meaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.server.RejectionReason;
import dev.parley.notification.provider.CollapseId;
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
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pushes to an APNs on this machine that checks what it is sent. */
class ApnsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KeyPair SENDER = p256();

    private static ApnsServer server;
    private static Apns apns;

    @BeforeAll
    static void start() throws Exception {
        server = new ApnsServer((ECPublicKey) SENDER.getPublic());
        apns = new Apns(settings(server.url(), "", base64(p8(SENDER))), JSON);
    }

    @AfterAll
    static void stop() throws Exception {
        apns.destroy();
        server.close();
    }

    @AfterEach
    void forget() {
        server.accepted().clear();
    }

    @Test
    void tellsTheDevice() {
        Instant before = Instant.now();

        assertThat(send(message(ApnsServer.DEVICE)))
                .isEqualTo(
                        new PushOutcome.Accepted(ApnsPush.id(TestPushes.PUSH_ID).toString()));

        ApnsPushNotification push = server.accepted().get(0);
        assertThat(push.getTopic()).isEqualTo(ApnsServer.TOPIC);
        assertThat(push.getApnsId()).isEqualTo(ApnsPush.id(TestPushes.PUSH_ID));
        assertThat(push.getCollapseId()).isEqualTo(TestPushes.CONVERSATION);
        assertThat(push.getPriority()).isEqualTo(DeliveryPriority.IMMEDIATE);
        assertThat(push.getPushType()).isEqualTo(PushType.ALERT);
        assertThat(push.getExpiration()).isBetween(before.plusSeconds(3_599), before.plusSeconds(3_660));
        assertThat(JSON.readTree(push.getPayload())).isEqualTo(JSON.readTree("""
                {"aps": {"alert": {"title": "Alice", "body": "Xin chào 👋"}, "badge": 7, "sound": "default",
                         "thread-id": "%s", "mutable-content": 1},
                 "type": "message", "conversationId": "%1$s", "messageId": "m1", "senderId": "alice", "title": "Alice",
                 "body": "Xin chào 👋", "url": "/#/c/%1$s", "sentAt": "2026-01-02T03:04:05.678Z", "badge": 7,
                 "tag": "%1$s", "pushId": "m1/bob/phone"}""".formatted(TestPushes.CONVERSATION)));
    }

    @Test
    void makesNoSoundWhereNoneIsWanted() {
        send(TestPushes.message(address(ApnsServer.DEVICE), "Alice", "Hi", false));

        assertThat(payload().path("aps").has("sound")).isFalse();
    }

    @Test
    void withdrawsInTheBackground() {
        assertThat(meaning(send(TestPushes.withdrawal(address(ApnsServer.DEVICE)))))
                .isEqualTo("accepted");

        ApnsPushNotification push = server.accepted().get(0);
        assertThat(push.getPriority()).isEqualTo(DeliveryPriority.CONSERVE_POWER);
        assertThat(push.getPushType()).isEqualTo(PushType.BACKGROUND);
        assertThat(push.getCollapseId()).isEqualTo(TestPushes.CONVERSATION);
        assertThat(JSON.readTree(push.getPayload())).isEqualTo(JSON.readTree("""
                {"aps": {"content-available": 1}, "type": "read", "conversationId": "%s", "badge": 3, "tag": "%1$s",
                 "pushId": "m1/bob/phone"}""".formatted(TestPushes.CONVERSATION)));
    }

    @Test
    void cutsTheTextToWhatApnsTakes() {
        send(TestPushes.message(address(ApnsServer.DEVICE), "Alice", "ảnh\"👋".repeat(2_000)));

        String payload = server.accepted().get(0).getPayload();
        assertThat(payload.getBytes(StandardCharsets.UTF_8).length).isBetween(4_096 - 20, 4_096);
        assertThat(payload().path("aps").path("alert").path("body").asString()).endsWith("…");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    BAD_COLLAPSE_ID                 | refused: BadCollapseId
                    BAD_DEVICE_TOKEN                | gone: BadDeviceToken
                    BAD_EXPIRATION_DATE             | refused: BadExpirationDate
                    BAD_MESSAGE_ID                  | refused: BadMessageId
                    BAD_PRIORITY                    | refused: BadPriority
                    BAD_TOPIC                       | refused: BadTopic
                    DEVICE_TOKEN_NOT_FOR_TOPIC      | gone: DeviceTokenNotForTopic
                    DUPLICATE_HEADERS               | refused: DuplicateHeaders
                    IDLE_TIMEOUT                    | retry: IdleTimeout after null
                    INVALID_PUSH_TYPE               | refused: InvalidPushType
                    MISSING_DEVICE_TOKEN            | gone: MissingDeviceToken
                    MISSING_TOPIC                   | refused: MissingTopic
                    PAYLOAD_EMPTY                   | refused: PayloadEmpty
                    TOPIC_DISALLOWED                | refused: TopicDisallowed
                    BAD_PATH                        | refused: BadPath
                    METHOD_NOT_ALLOWED              | refused: MethodNotAllowed
                    UNREGISTERED                    | gone: Unregistered
                    PAYLOAD_TOO_LARGE               | refused: PayloadTooLarge
                    TOO_MANY_PROVIDER_TOKEN_UPDATES | retry: TooManyProviderTokenUpdates after null
                    TOO_MANY_REQUESTS               | retry: TooManyRequests after null
                    INTERNAL_SERVER_ERROR           | retry: InternalServerError after null
                    SERVICE_UNAVAILABLE             | retry: ServiceUnavailable after null
                    SHUTDOWN                        | retry: Shutdown after null
                    """)
    void understandsEveryRefusalOfAPush(RejectionReason reason, String meaning) {
        assertThat(meaning(send(message(ApnsServer.deviceThatIsRefused(reason)))))
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @EnumSource(
            value = RejectionReason.class,
            names = {
                "BAD_CERTIFICATE",
                "BAD_CERTIFICATE_ENVIRONMENT",
                "FORBIDDEN",
                "INVALID_PROVIDER_TOKEN",
                "MISSING_PROVIDER_TOKEN"
            })
    void aRefusalOfTheSenderIsAnOutage(RejectionReason reason) {
        assertThatThrownBy(() -> send(message(ApnsServer.deviceThatIsRefused(reason))))
                .isInstanceOf(ProviderUnavailableException.class)
                .hasMessageStartingWith("APNs refuses this sender: ");
    }

    @Test
    void goesOnWithANewConnectionWhenItsTokenIsTooOld() {
        assertThat(meaning(send(message(ApnsServer.deviceThatIsRefused(RejectionReason.EXPIRED_PROVIDER_TOKEN)))))
                .isEqualTo("retry: ExpiredProviderToken after null");
        assertThat(meaning(send(message(ApnsServer.DEVICE)))).isEqualTo("accepted");
    }

    @Test
    void keepsTheOrderOfABatch() {
        List<PushRequest> batch = List.of(
                message(ApnsServer.REMOVED),
                message(ApnsServer.DEVICE),
                message(ApnsServer.DEVICE_OF_ANOTHER_APP),
                message("no token"),
                message(ApnsServer.deviceThatIsRefused(RejectionReason.FORBIDDEN)),
                message(ApnsServer.DEVICE));

        assertThat(apns.send(batch).block())
                .extracting(Outcomes::meaning)
                .containsExactly(
                        "gone: Unregistered",
                        "accepted",
                        "gone: DeviceTokenNotForTopic",
                        "gone: no token of APNs",
                        "retry: unreachable after null",
                        "accepted");
    }

    @Test
    void sendsManyAtOnce() {
        assertThat(apns.send(Collections.nCopies(apns.maxBatch(), message(ApnsServer.DEVICE)))
                        .block())
                .extracting(Outcomes::meaning)
                .hasSize(apns.maxBatch())
                .containsOnly("accepted");
    }

    @Test
    void isAwayWhileNobodyAnswers() {
        Apns away = new Apns(settings("https://localhost:1", "", base64(p8(SENDER))), JSON);

        assertThatThrownBy(() -> away.send(List.of(message(ApnsServer.DEVICE), message(ApnsServer.DEVICE)))
                        .block())
                .hasStackTraceContaining("Connection refused");
        away.destroy();
    }

    @Test
    void takesTheKeyFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("AuthKey.p8"), p8(SENDER));
        Apns fromFile = new Apns(settings(server.url(), file.toString(), ""), JSON);

        assertThat(fromFile.send(List.of(message(ApnsServer.DEVICE))).block())
                .extracting(Outcomes::meaning)
                .containsExactly("accepted");
        fromFile.destroy();
    }

    @Test
    void isRefusedWithTheKeyOfSomebodyElse() {
        Apns stranger = new Apns(settings(server.url(), "", base64(p8(p256()))), JSON);

        assertThatThrownBy(
                        () -> stranger.send(List.of(message(ApnsServer.DEVICE))).block())
                .hasMessage("APNs refuses this sender: InvalidProviderToken");
        stranger.destroy();
    }

    @Test
    void isOffWithoutAKey() {
        Apns off = new Apns(settings("", "", "", ""), JSON);

        assertThat(off.enabled()).isFalse();
        assertThat(apns.enabled()).isTrue();
        off.destroy();
    }

    @Test
    void doesNotStartWithHalfOfWhatItNeedsAndShowsNoKey() {
        String key = base64(p8(SENDER));
        assertThatThrownBy(() -> settings("", ApnsServer.KEY, key, ApnsServer.TOPIC))
                .hasMessage("parley.notification.apns.team-id is required");
        assertThatThrownBy(() -> settings(ApnsServer.TEAM, ApnsServer.KEY, "", ApnsServer.TOPIC))
                .hasMessageStartingWith("parley.notification.apns.key-file is required");
        assertThatThrownBy(() -> settings(ApnsServer.TEAM, ApnsServer.KEY, base64("no key"), ApnsServer.TOPIC))
                .hasMessage("parley.notification.apns.key must be a .p8 file in Base64");
        assertThat(settings(ApnsServer.TEAM, ApnsServer.KEY, key, ApnsServer.TOPIC)
                        .toString())
                .doesNotContain(key);
    }

    @Test
    void namesAPushByItsIdAndLongTagsByAShortOne() {
        assertThat(ApnsPush.id("a/b/c")).isEqualTo(ApnsPush.id("a/b/c")).isNotEqualTo(ApnsPush.id("a/b/d"));
        assertThat(CollapseId.of("ä".repeat(32))).isEqualTo("ä".repeat(32));
        assertThat(UUID.fromString(CollapseId.of("ä".repeat(33)))).isNotNull();
    }

    private static PushOutcome send(PushRequest push) {
        return apns.send(List.of(push)).block().get(0);
    }

    private static JsonNode payload() {
        return JSON.readTree(server.accepted().get(0).getPayload());
    }

    private static PushRequest message(String token) {
        return TestPushes.message(address(token), "Alice", "Xin chào 👋");
    }

    private static DeviceAddress address(String token) {
        return new DeviceAddress(ProviderName.APNS, token, null, null);
    }

    private static ApnsSettings settings(String url, String keyFile, String key) {
        return settings(url, ApnsServer.TEAM, ApnsServer.KEY, keyFile, key, ApnsServer.TOPIC);
    }

    private static ApnsSettings settings(String team, String keyId, String key, String topic) {
        return settings("https://localhost", team, keyId, "", key, topic);
    }

    private static ApnsSettings settings(
            String url, String team, String keyId, String keyFile, String key, String topic) {
        return new ApnsSettings(
                url,
                team,
                keyId,
                keyFile,
                key,
                topic,
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                100,
                2,
                ApnsServer.CERTIFICATE.getPath());
    }

    private static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String p8(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
