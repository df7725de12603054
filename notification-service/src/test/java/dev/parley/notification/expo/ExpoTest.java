package dev.parley.notification.expo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.Outcomes;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.provider.TestPushes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExpoTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final ExpoServer server = new ExpoServer();
    private final ExpoSettings settings = new ExpoSettings(
            true,
            server.url(),
            ExpoServer.ACCESS_TOKEN,
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            6,
            Duration.ofMinutes(15));
    private final ExpoClient client = new ExpoClient(settings, JSON);
    private final Expo expo = new Expo(settings, client, JSON);

    @AfterEach
    void stop() {
        client.destroy();
        server.close();
    }

    private static PushRequest push(String name) {
        return TestPushes.message(address(name), "Alice", "Hi");
    }

    private static DeviceAddress address(String name) {
        return new DeviceAddress(ProviderName.EXPO, ExpoServer.token(name), null, null);
    }

    private List<String> send(String... names) {
        return meanings(expo.send(Stream.of(names).map(ExpoTest::push).toList()).block());
    }

    private static List<String> meanings(List<PushOutcome> outcomes) {
        return outcomes.stream().map(Outcomes::meaning).toList();
    }

    @Test
    void sendsWhatADeviceIsTold() {
        assertThat(send("a")).containsExactly("accepted");
        JsonNode message = server.requests.get(0).get(0);
        assertThat(message.path("title").asString()).isEqualTo("Alice");
        assertThat(message.path("body").asString()).isEqualTo("Hi");
        assertThat(message.path("badge").asInt()).isEqualTo(7);
        assertThat(message.path("sound").asString()).isEqualTo("default");
        assertThat(message.path("priority").asString()).isEqualTo("high");
        assertThat(message.path("ttl").asInt()).isEqualTo(3_600);
        assertThat(message.path("tag").asString()).isEqualTo(TestPushes.CONVERSATION);
        assertThat(message.path("data").path("pushId").asString()).isEqualTo(TestPushes.PUSH_ID);
        assertThat(message.path("data").path("url").asString()).isEqualTo("/#/c/" + TestPushes.CONVERSATION);
        assertThat(server.complaints).isEmpty();
    }

    @Test
    void aWithdrawalShowsNothingAndIsNotHeard() {
        expo.send(List.of(TestPushes.withdrawal(address("a")))).block();
        JsonNode message = server.requests.get(0).get(0);
        assertThat(message.path("_contentAvailable").asBoolean()).isTrue();
        assertThat(message.has("title")).isFalse();
        assertThat(message.has("sound")).isFalse();
        assertThat(message.path("data").path("type").asString()).isEqualTo("read");
    }

    @Test
    void sendsAHundredAtOnceCompressed() {
        List<PushRequest> pushes =
                IntStream.range(0, 100).mapToObj(n -> push("device-" + n)).toList();
        assertThat(meanings(expo.send(pushes).block())).hasSize(100).containsOnly("accepted");
        assertThat(server.requests).hasSize(1);
        assertThat(server.compressed).containsExactly(true);
        assertThat(expo.maxBatch()).isEqualTo(100);
        send("a");
        assertThat(server.compressed).containsExactly(true, false);
    }

    @Test
    void cutsWhatIsTooLong() {
        PushRequest push = TestPushes.message(address("a"), "Alice", "á".repeat(10_000));
        assertThat(meanings(expo.send(List.of(push)).block())).containsExactly("accepted");
        assertThat(server.complaints).isEmpty();
    }

    @Test
    void knowsWhatEachTicketMeans() {
        assertThat(send(
                        "a",
                        "DeviceNotRegistered",
                        "MessageTooBig",
                        "MessageRateExceeded",
                        "MismatchSenderId",
                        "InvalidCredentials",
                        "b"))
                .containsExactly(
                        "accepted",
                        "gone: DeviceNotRegistered",
                        "refused: MessageTooBig",
                        "retry: MessageRateExceeded after null",
                        "refused: MismatchSenderId",
                        "refused: InvalidCredentials",
                        "accepted");
    }

    @Test
    void oneBadPushHoldsUpNoOther() {
        assertThat(send("a", "whole-PUSH_TOO_MANY_EXPERIENCE_IDS", "b"))
                .containsExactly("accepted", "refused: status 400 PUSH_TOO_MANY_EXPERIENCE_IDS", "accepted");
    }

    @ParameterizedTest
    @CsvSource({"429, 7, PT7S", "503, 60, PT1M", "500, '', ", "401, '', ", "403, '', "})
    void isAwayWhenItTakesNothing(int status, String retryAfter, Duration wait) {
        server.status = status;
        server.retryAfter = retryAfter;
        assertThatThrownBy(() -> send("a"))
                .isInstanceOfSatisfying(ProviderUnavailableException.class, outage -> assertThat(outage.retryAfter())
                        .isEqualTo(wait));
    }

    @Test
    void isAwayWhenNobodyListens() {
        server.close();
        assertThatThrownBy(() -> send("a")).isNotNull();
    }

    @Test
    void knowsWhatEachReceiptMeans() {
        List<PushOutcome> tickets = expo.send(
                        Stream.of("a", "receipt-DeviceNotRegistered", "receipt-InvalidCredentials", "later")
                                .map(ExpoTest::push)
                                .toList())
                .block();
        List<String> ids = tickets.stream()
                .map(ticket -> ((PushOutcome.Accepted) ticket).providerId())
                .toList();
        Map<String, PushOutcome> receipts = expo.receipts(ids).block();
        assertThat(Outcomes.meaning(receipts.get(ids.get(0)))).isEqualTo("accepted");
        assertThat(Outcomes.meaning(receipts.get(ids.get(1)))).isEqualTo("gone: DeviceNotRegistered");
        assertThat(Outcomes.meaning(receipts.get(ids.get(2)))).isEqualTo("refused: InvalidCredentials");
        assertThat(receipts).doesNotContainKey(ids.get(3));
        assertThat(server.asked).containsExactly(4);
    }

    @Test
    void showsNoAccessToken() {
        assertThat(settings.toString()).doesNotContain(ExpoServer.ACCESS_TOKEN);
    }
}
