package dev.parley.notification.apns;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.auth.ApnsVerificationKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.ParsingMockApnsServerListenerAdapter;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.PushNotificationHandlerFactory;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.ValidatingPushNotificationHandlerFactory;
import java.io.File;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * APNs on this machine: it verifies the signature of the sender's token, the topic, the device's token, the ids, and the size, and then refuses the pushes to some
 * devices for the reason that their token names.
 */
final class ApnsServer implements AutoCloseable {

    static final String TEAM = "TEAM000001";
    static final String KEY = "KEY0000001";
    static final String TOPIC = "dev.parley.app";
    static final String DEVICE = "a".repeat(64);
    static final String DEVICE_OF_ANOTHER_APP = "b".repeat(64);
    static final String REMOVED = "c".repeat(64);
    static final File CERTIFICATE = new File("src/test/resources/apns/server.pem");

    private static final File PRIVATE_KEY = new File("src/test/resources/apns/server.key");

    private final List<ApnsPushNotification> accepted = new CopyOnWriteArrayList<>();
    private final MockApnsServer server;
    private final int port;

    ApnsServer(ECPublicKey sender) throws Exception {
        ApnsVerificationKey key = new ApnsVerificationKey(KEY, TEAM, sender);
        Set<String> devices = Stream.concat(
                        Stream.of(DEVICE, REMOVED),
                        Arrays.stream(RejectionReason.values()).map(ApnsServer::deviceThatIsRefused))
                .collect(Collectors.toSet());
        PushNotificationHandlerFactory validating = new ValidatingPushNotificationHandlerFactory(
                Map.of(TOPIC, devices, "another.app", Set.of(DEVICE_OF_ANOTHER_APP)),
                Map.of(REMOVED, Instant.parse("2026-01-01T00:00:00Z")),
                Map.of(KEY, key),
                Map.of(key, Set.of(TOPIC)));
        this.server = new MockApnsServerBuilder()
                .setServerCredentials(CERTIFICATE, PRIVATE_KEY, null)
                .setHandlerFactory(session -> refusing(validating.buildHandler(session)))
                .setListener(new ParsingMockApnsServerListenerAdapter() {
                    @Override
                    public void handlePushNotificationAccepted(ApnsPushNotification push) {
                        accepted.add(push);
                    }

                    @Override
                    public void handlePushNotificationRejected(
                            ApnsPushNotification push, RejectionReason reason, Instant expired) {}
                })
                .build();
        this.port = server.start(0).get();
    }

    private static PushNotificationHandler refusing(PushNotificationHandler validating) {
        return (headers, payload) -> {
            validating.handlePushNotification(headers, payload);
            String path = headers.path().toString();
            for (RejectionReason reason : RejectionReason.values()) {
                if (path.endsWith(deviceThatIsRefused(reason))) {
                    throw new RejectedNotificationException(reason);
                }
            }
        };
    }

    static String deviceThatIsRefused(RejectionReason reason) {
        return "d".repeat(60) + String.format("%04x", reason.ordinal());
    }

    String url() {
        return "https://localhost:" + port;
    }

    List<ApnsPushNotification> accepted() {
        return accepted;
    }

    @Override
    public void close() throws Exception {
        server.shutdown().get();
    }
}
