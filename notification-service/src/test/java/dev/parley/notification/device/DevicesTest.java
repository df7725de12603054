package dev.parley.notification.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.parley.events.SessionEnded;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.ProviderName;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.BearerToken;
import dev.parley.platform.security.Caller;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.Until;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The devices on which users want to be told of messages. */
class DevicesTest extends NotificationServiceTest {

    private static final String PATH = "/api/v1/users/me/devices";
    private static final byte[] POINT = point();

    @Autowired
    private Devices devices;

    @Autowired
    private RegisterDevice registerDevice;

    @Autowired
    private EndedSessions endedSessions;

    @Autowired
    private DeviceSettings settings;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    private final String phone = "phone-" + Ids.next();
    private final String token = "ExponentPushToken[" + Ids.next() + "]";

    @Test
    void areKnownOnceHoweverOftenTheyAreRegistered() {
        register(alice, expo(phone, token));
        Device first = only(alice);
        assertThat(first)
                .isEqualTo(new Device(
                        phone,
                        TENANT,
                        alice,
                        "session-of-" + alice,
                        "android",
                        new DeviceAddress(ProviderName.EXPO, token, null, null),
                        null,
                        first.createdAt(),
                        first.lastUsedAt()));

        register(alice, expo(phone, token + "2"));

        Device second = only(alice);
        assertThat(second.address().token()).isEqualTo(token + "2");
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.lastUsedAt()).isAfterOrEqualTo(first.lastUsedAt());
        assertThat(of(bob)).isEmpty();
    }

    @Test
    void belongToTheUserWhoUsesThemNow() {
        register(alice, expo(phone, token));
        register(bob, expo(phone, token));

        assertThat(of(alice)).isEmpty();
        assertThat(only(bob).deviceId()).isEqualTo(phone);
    }

    @Test
    void giveTheirAddressToTheDeviceThatWasRegisteredWithItLast() {
        register(alice, expo(phone, token));
        register(alice, expo("tablet-" + phone, token + "-tablet"));
        String elsewhere = "carol-" + alice;
        assertThat(as(elsewhere, "umbrella").post(PATH, expo(phone, token)).status())
                .isEqualTo(204);

        assertThat(only(alice).deviceId()).isEqualTo("tablet-" + phone);
        assertThat(devices.ofUsers("umbrella", List.of(elsewhere)).block()).containsOnlyKeys(elsewhere);
        assertThat(devices.ofUsers(TENANT, List.of(elsewhere)).block())
                .as("users of another tenant have none here")
                .isEmpty();
    }

    @Test
    void areDifferentOnesInDifferentTenantsThoughTheyAreCalledTheSame() {
        register(alice, expo(phone, token));
        as("carol-" + alice, "umbrella").post(PATH, expo(phone, token + "2"));

        assertThat(only(alice).address().token()).isEqualTo(token);
    }

    @Test
    void haveOneOwnerAlsoWhereManyRegisterTheSameAtOnce() {
        List<String> users =
                IntStream.range(0, 6).mapToObj(number -> alice + "-" + number).toList();

        List<Integer> answers = Flux.fromIterable(users)
                .flatMap(user -> as(user).posting(PATH, expo("device-of-" + user, token)))
                .map(ApiClient.Answer::status)
                .collectList()
                .block();

        assertThat(answers).containsOnly(204);
        assertThat(devices.ofUsers(TENANT, users).block()).hasSize(1);
    }

    @Test
    void areRemovedByTheirOwnerAloneAndAsOftenAsTheOwnerLikes() {
        register(alice, expo(phone, token));

        assertThat(delete(bob, phone)).isEqualTo(204);
        assertThat(of(alice)).hasSize(1);
        assertThat(delete(alice, phone)).isEqualTo(204);
        assertThat(of(alice)).isEmpty();
        assertThat(delete(alice, phone)).isEqualTo(204);
        assertThat(delete(alice, "nothing%20of%20the%20kind")).isEqualTo(204);
    }

    @Test
    void areLimitedToThoseThatWereUsedLast() {
        for (int number = 0; number <= settings.maxPerUser(); number++) {
            Instant before = Instant.now();
            register(alice, expo(phone + "-" + number, token + number));
            // What was used at the same time has no order.
            Until.satisfied(() -> assertThat(Instant.now()).isAfter(before.plusMillis(1)));
            if (number == 1) {
                register(alice, expo(phone + "-0", token + 0));
            }
        }

        assertThat(of(alice))
                .extracting(Device::deviceId)
                .hasSize(settings.maxPerUser())
                .contains(phone + "-0")
                .doesNotContain(phone + "-1");
    }

    @Test
    void areRetiredOnlyWhileTheyHaveTheAddressThatIsGoodNoMore() {
        register(alice, expo(phone, token));
        Device before = only(alice);
        register(alice, expo(phone, token + "2"));

        devices.retire(before, "DeviceNotRegistered").block();
        assertThat(of(alice)).hasSize(1);
        devices.retire(only(alice), "DeviceNotRegistered").block();
        assertThat(of(alice)).isEmpty();
    }

    @Test
    void goWithTheSignInThatRegisteredThem() {
        register(alice, expo(phone, token));
        Caller onTablet = caller("tablet-session-" + alice);
        registerDevice
                .register(
                        onTablet,
                        new NewDevice(
                                "tablet-" + phone,
                                "ios",
                                new DeviceAddress(ProviderName.EXPO, token + "2", null, null),
                                null))
                .block();
        assertThat(of(alice)).hasSize(2);

        publisher
                .publish(List.of(events.pending(new SessionEnded(alice, TENANT, "session-of-" + alice))))
                .block();

        Until.satisfied(() -> assertThat(only(alice).deviceId()).isEqualTo("tablet-" + phone));
    }

    @Test
    void areNotKeptIfTheSignInEndsWhileTheyAreRegistered() {
        Caller signedOut = caller("ended-" + alice);
        SessionEnded ended = new SessionEnded(alice, TENANT, signedOut.sessionId());
        endedSessions
                .handle(List.of(new ReceivedEvent(Ids.next(), Instant.now(), ended, 0, 0, 0)))
                .block();
        NewDevice late = new NewDevice(phone, "ios", new DeviceAddress(ProviderName.EXPO, token, null, null), null);

        assertThat(registerDevice
                        .register(signedOut, late)
                        .map(registered -> "registered")
                        .onErrorResume(
                                ApiException.class,
                                refused -> Mono.just(refused.code().code()))
                        .block())
                .isEqualTo("auth.invalid-token");
        assertThat(of(alice)).isEmpty();
    }

    @Test
    void ofBrowsersHaveTheKeysOfTheirSubscription() {
        String padded = Base64.getEncoder().encodeToString(POINT);
        String secret = Base64.getEncoder().encodeToString(new byte[16]);
        String endpoint = "https://updates.push.example.com/wpush/v2/" + phone;
        register(alice, subscription(endpoint, padded, secret));

        DeviceAddress address = only(alice).address();
        assertThat(address)
                .isEqualTo(new DeviceAddress(
                        ProviderName.WEB_PUSH,
                        endpoint,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(POINT),
                        "AAAAAAAAAAAAAAAAAAAAAA"));

        register(alice, subscription(endpoint, address.p256dh(), address.auth()));
        assertThat(only(alice).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://push.example.com/1",
                "https://127.0.0.1/1",
                "https://10.1.2.3/1",
                "https://[::1]/1",
                "https://169.254.169.254/latest",
                "https://localhost/1",
                "https://user@push.example.com/1",
                "https://2130706433/1",
                "file:///etc/passwd"
            })
    void ofBrowsersAreReachedByHttpsAtPublicAddressesAlone(String endpoint) {
        ApiClient.Answer answer = as(alice)
                .post(
                        PATH,
                        subscription(
                                endpoint,
                                Base64.getEncoder().encodeToString(POINT),
                                Base64.getEncoder().encodeToString(new byte[16])));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("url.not-allowed");
        assertThat(of(alice)).isEmpty();
    }

    @Test
    void ofApplesAreCalledByHexadecimalDigits() {
        Map<String, Object> device = new HashMap<>(expo(phone, "0a".repeat(32)));
        device.put("provider", "apns");
        register(alice, device);
        assertThat(only(alice).address().provider()).isEqualTo(ProviderName.APNS);

        device.put("token", "../device/" + "0a".repeat(32));
        assertThat(wrong(device)).containsExactly("token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vi    | en-GB,en;q=0.8        | vi
            pt_BR |                       | pt-BR
                  | vi-VN,vi;q=0.9,en;q=0.8 | vi-VN
                  | en;q=0.5, vi;q=0.9    | vi
                  | *                     |
                  | ;;;                   |
                  |                       |
            """)
    void speakTheLanguageThatTheyNameOrElseThatOfTheRequest(String locale, String acceptLanguage, String known) {
        Map<String, Object> device = new HashMap<>(expo(phone, token));
        device.put("locale", locale);
        ApiClient client = acceptLanguage == null ? as(alice) : as(alice).with("Accept-Language", acceptLanguage);

        assertThat(client.post(PATH, device).status()).isEqualTo(204);

        assertThat(only(alice).locale()).isEqualTo(known);
    }

    @Test
    void areRefusedWithEveryFieldThatIsWrong() {
        assertThat(wrong(Map.of())).containsExactlyInAnyOrder("deviceId", "platform", "provider", "token");
        assertThat(wrong(Map.of(
                        "deviceId",
                        "a/b",
                        "platform",
                        "amiga",
                        "provider",
                        "pigeon",
                        "token",
                        "two words",
                        "locale",
                        "not a language")))
                .containsExactlyInAnyOrder("deviceId", "platform", "provider", "token", "locale");
        assertThat(wrong(Map.of(
                        "deviceId", "d".repeat(129), "platform", 7, "provider", "fcm", "token", "t".repeat(4_097))))
                .containsExactlyInAnyOrder("deviceId", "platform", "token");
        Map<String, Object> subscription = subscription("https://push.example.com/1", "AAAA", "short");
        subscription.put("platform", "ios");
        assertThat(wrong(subscription)).containsExactlyInAnyOrder("platform", "p256dh", "auth");
        byte[] offTheCurve = POINT.clone();
        offTheCurve[64] ^= 1;
        assertThat(wrong(subscription(
                        "https://push.example.com/1",
                        Base64.getEncoder().encodeToString(offTheCurve),
                        Base64.getEncoder().encodeToString(new byte[16]))))
                .containsExactly("p256dh");
        assertThat(as(alice).postText(PATH, "[]").code()).isEqualTo("request.malformed");
        assertThat(of(alice)).isEmpty();
    }

    private void register(String userId, Map<String, Object> device) {
        assertThat(as(userId).post(PATH, device).status()).isEqualTo(204);
    }

    private int delete(String userId, String deviceId) {
        return as(userId).callAsIs("DELETE", PATH + "/" + deviceId, Map.of()).status();
    }

    private List<String> wrong(Map<String, ?> device) {
        ApiClient.Answer answer = as(alice).post(PATH, device);
        assertThat(answer.code()).isEqualTo("request.invalid");
        return answer.body().path("errors").findValuesAsString("field");
    }

    private List<Device> of(String userId) {
        return devices.ofUsers(TENANT, List.of(userId)).block().getOrDefault(userId, List.of());
    }

    private Device only(String userId) {
        List<Device> found = of(userId);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private Caller caller(String sessionId) {
        return new Caller(
                alice,
                TENANT,
                sessionId,
                alice,
                alice,
                null,
                null,
                Instant.now().plusSeconds(60),
                new BearerToken("t"));
    }

    private static Map<String, Object> expo(String deviceId, String token) {
        return Map.of("deviceId", deviceId, "platform", "android", "provider", "expo", "token", token);
    }

    private Map<String, Object> subscription(String endpoint, String p256dh, String auth) {
        Map<String, Object> device = new HashMap<>();
        device.put("deviceId", phone);
        device.put("platform", "web");
        device.put("provider", "web-push");
        device.put("endpoint", endpoint);
        device.put("p256dh", p256dh);
        device.put("auth", auth);
        return device;
    }

    private static byte[] point() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).generate();
            return ByteBuffer.allocate(65)
                    .put((byte) 4)
                    .put(key.getX().decode())
                    .put(key.getY().decode())
                    .array();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
