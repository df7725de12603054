package dev.parley.notification.model;

import dev.parley.embedded.FreePort;
import dev.parley.notification.NotificationServiceApplication;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.StubConversations;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ChildProcess;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The whole service as a process of its own, which is killed, stopped and started again. */
final class RestartedService implements AutoCloseable {

    /** No message is told that is as old. The longest run takes much less. */
    static final Duration MAX_AGE = Duration.ofHours(7);

    /** For how long a push is claimed. Nobody waits for it: {@link ModelStore#endLeases}. */
    static final Duration DELIVERY_LEASE = Duration.ofMinutes(3);

    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(90);

    private final int port = FreePort.find();
    private final ChildProcess process;
    private Instant startedAt = Instant.now();

    private RestartedService(String store, String broker, String webhook) throws IOException {
        String tenant = "--parley.notification.webhook.tenants." + NotificationServiceTest.TENANT;
        process = ChildProcess.start(
                "notification-service",
                "256m",
                Map.of(),
                List.of(
                        RestartedService.class.getName(),
                        "--server.port=" + port,
                        "--spring.mongodb.uri=" + store,
                        "--spring.kafka.bootstrap-servers=" + broker,
                        // Who comes back under the same name goes on at once.
                        "--spring.kafka.consumer.properties.group.instance.id=notification-1",
                        "--spring.lifecycle.timeout-per-shutdown-phase=60s",
                        "--parley.service-secret=" + EmbeddedParts.SERVICE_SECRET,
                        "--parley.files.url-keys=" + EmbeddedParts.FILE_URL_KEY,
                        "--parley.security.jwks-uri=" + TestTokens.jwksUri(),
                        "--parley.services.auth=" + TestUsers.url(),
                        "--parley.services.conversation=" + StubConversations.url(),
                        tenant + ".url=" + webhook,
                        tenant + ".secret=what the webhook of the model knows, too",
                        "--parley.notification.hold=" + ModelStore.HOLD.toHours() + "h",
                        "--parley.notification.max-age=" + MAX_AGE.toHours() + "h",
                        "--parley.notification.audience.check-interval=100ms",
                        "--parley.notification.fan-out.batch=25",
                        "--parley.notification.fan-out.lease=5s",
                        "--parley.notification.fan-out.poll-interval=50ms",
                        "--parley.notification.fan-out.retry-delay=100ms",
                        "--parley.notification.fan-out.max-retry-delay=1s",
                        // On a busy machine answers come late, and what had none in time would be done again.
                        "--parley.store.timeout=60s",
                        "--parley.notification.webhook.timeout=50s",
                        "--parley.notification.delivery.send-timeout=60s",
                        "--parley.notification.delivery.lease=" + DELIVERY_LEASE.toSeconds() + "s",
                        "--parley.notification.delivery.max-age=" + MAX_AGE.toHours() + "h",
                        "--parley.notification.delivery.first-retry=50ms",
                        "--parley.notification.delivery.max-retry-interval=1s",
                        "--parley.notification.delivery.poll-interval=100ms",
                        "--parley.notification.breaker.open=200ms"));
    }

    /** Returns when it is ready. */
    static RestartedService start(String store, String broker, String webhook) throws Exception {
        RestartedService service = new RestartedService(store, broker, webhook);
        try {
            service.awaitReady();
            return service;
        } catch (Throwable failure) {
            System.out.println(service.process.log());
            service.close();
            throw failure;
        }
    }

    /** What the process runs: the service, until it is stopped or its parent ends. */
    public static void main(String[] arguments) {
        Thread parent = new Thread(RestartedService::awaitParent, "parent");
        parent.setDaemon(true);
        parent.start();
        NotificationServiceApplication.main(arguments);
    }

    private static void awaitParent() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; the end of the stream is the end of the parent.
            }
        } catch (IOException gone) {
            // So is this.
        }
        Runtime.getRuntime().halt(0);
    }

    void startAgain() throws IOException {
        startedAt = Instant.now();
        process.start();
    }

    /** When it was started the last time. */
    Instant startedAt() {
        return startedAt;
    }

    private void awaitReady() {
        ApiClient client = new ApiClient(port, TestTokens.tokenFor("somebody", NotificationServiceTest.TENANT));
        Awaitility.await("the start of the service")
                .atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> client.get("/actuator/health/readiness").status() == 200);
    }

    void kill() throws InterruptedException {
        process.kill();
    }

    void terminate() throws IOException, InterruptedException {
        process.terminate(LONGEST_STOP);
    }

    /** Fails if it has ended by itself. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("The service has ended: " + process.log());
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
