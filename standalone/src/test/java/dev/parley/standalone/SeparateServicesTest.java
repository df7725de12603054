package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.FreePort;
import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.test.ApiClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.reactive.function.client.WebClient;

/** Every service as a process of its own, with a broker and a store that none of them started; one of them is killed. */
class SeparateServicesTest {

    private static final List<String> SERVICES = Stream.concat(
                    ServiceRegistry.load().registry().keySet().stream(), Stream.of("gateway"))
            .map(PlatformService::configurationName)
            .toList();
    private static final int MESSAGES = 60;
    private static final int KILLED_AFTER = 25;
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);

    @TempDir
    Path data;

    @Test
    @Timeout(600)
    void tellEachMessageOnceInOrderAlsoWhenTheMessageServiceIsKilled() throws Exception {
        for (String service : SERVICES) {
            assumeTrue(ServiceProcess.jar(service).isPresent(), "needs the jars: run ./mvnw verify");
        }
        Map<String, ServiceProcess> services = new LinkedHashMap<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("kafka"), 0);
                EmbeddedStore store = EmbeddedStore.start(data.resolve("store"), 0)) {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "MONGODB_URI",
                    store.uri() + "parley",
                    "KAFKA_BOOTSTRAP_SERVERS",
                    broker.bootstrapServers(),
                    "PARLEY_SERVICE_SECRET",
                    "of these tests"));
            Map<String, Integer> ports = new HashMap<>();
            for (String service : SERVICES) {
                int port = FreePort.find();
                ports.put(service, port);
                environment.put(
                        ServiceRegistry.addressVariable(service.replace("-service", "")), "http://localhost:" + port);
            }
            for (String service : SERVICES) {
                Map<String, String> own = new HashMap<>(environment);
                own.put("PORT", ports.get(service).toString());
                services.put(service, ServiceProcess.start(service, own));
            }
            String baseUrl = "http://localhost:" + ports.get("gateway-service");
            awaitReady(baseUrl, services);
            chatWhileTheMessageServiceDies(baseUrl, services.get("message-service"));
        } finally {
            for (ServiceProcess service : services.values()) {
                service.close();
            }
        }
    }

    private static void awaitReady(String baseUrl, Map<String, ServiceProcess> services) {
        WebClient client = WebClient.create(baseUrl);
        Awaitility.await().atMost(LONGEST_START).ignoreExceptions().until(() -> {
            for (ServiceProcess service : services.values()) {
                assertThat(service.isAlive()).as(service.log()).isTrue();
            }
            return client.get()
                            .uri("/api/v1/config")
                            .retrieve()
                            .toBodilessEntity()
                            .block()
                            .getStatusCode()
                            .value()
                    == 200;
        });
    }

    private static void chatWhileTheMessageServiceDies(String baseUrl, ServiceProcess messages) throws Exception {
        ChatUser alice = ChatUser.register(baseUrl, "Alice");
        ChatUser bob = ChatUser.register(baseUrl, "Bob");
        String conversation = alice.directWith(bob);
        try (ChatSocket bobPhone = bob.connect()) {
            for (int i = 1; i <= MESSAGES; i++) {
                if (i == KILLED_AFTER) {
                    messages.kill();
                    messages.start();
                }
                sendUntilAcknowledged(alice, conversation, "m" + i);
            }
            assertThat(bobPhone.await("new_message", MESSAGES))
                    .extracting(told -> told.path("message").path("seq").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, MESSAGES).boxed().toList());
            assertThat(bob.history(conversation)).hasSize(MESSAGES);
        }
    }

    /** As a client does on a bad network: the same message again until the answer comes. */
    private static void sendUntilAcknowledged(ChatUser sender, String conversation, String text) {
        Awaitility.await()
                .atMost(LONGEST_OUTAGE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    Answer answer = sender.api()
                            .post(
                                    "/api/v1/conversations/" + conversation + "/messages",
                                    Map.of("text", text, "tempId", text));
                    assertThat(answer.status()).as("%s", answer.body()).isIn(201, 429, 503, 504);
                    return answer.status() == 201;
                });
    }
}
