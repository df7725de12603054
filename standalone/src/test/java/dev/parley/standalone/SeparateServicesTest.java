package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.FreePort;
import dev.parley.embedded.store.settings.Credentials;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.id.Ids;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.request.RequestId;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.ChildProcess;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.TraceReceiver;
import dev.parley.platform.test.TraceReceiver.ReceivedSpan;
import dev.parley.platform.test.Until;
import dev.parley.standalone.lifecycle.ReadinessProbe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every service as a process of its own, with a broker and a store that none of them started and that ask for a password; a
 * service is killed, and the broker is away for a while.
 */
class SeparateServicesTest {

    private static final List<String> SERVICES = Stream.concat(
                    ServiceRegistry.load().registry().keySet().stream(), Stream.of("gateway"))
            .map(PlatformService::configurationName)
            .toList();
    private static final Credentials CREDENTIALS = new Credentials("parley", "password-of-these-tests");
    private static final int MESSAGES = 60;
    private static final int KILLED_AFTER = 25;
    private static final int GROUPS = 10;
    private static final int MESSAGES_OF_GROUP = 3;
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);

    @TempDir
    Path data;

    @Test
    @Timeout(600)
    void tellEachMessageOnceInOrderAlsoWhenTheMessageServiceIsKilledOrTheBrokerIsAway() throws Exception {
        for (String service : SERVICES) {
            assumeTrue(ExecutableJar.of(service).isPresent(), "needs the jars: run ./mvnw verify");
        }
        Map<String, ChildProcess> services = new LinkedHashMap<>();
        try (TraceReceiver traces = TraceReceiver.start();
                RestartableBroker broker = new RestartableBroker(data.resolve("kafka"));
                EmbeddedStore store = EmbeddedStore.start(
                        StoreSettings.at(data.resolve("store")).withCredentials(CREDENTIALS))) {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "MONGODB_URI",
                    store.uri() + "parley",
                    "KAFKA_BOOTSTRAP_SERVERS",
                    broker.bootstrapServers(),
                    "PARLEY_FILES_URLKEYS",
                    EmbeddedParts.FILE_URL_KEY,
                    "PARLEY_SERVICE_SECRET",
                    "the secret of these tests",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    traces.endpoint(),
                    "OTEL_BSP_SCHEDULE_DELAY",
                    "200"));
            EmbeddedBroker.clientProperties(CREDENTIALS)
                    .forEach((name, value) -> environment.put(
                            "SPRING_KAFKA_PROPERTIES_"
                                    + name.toUpperCase(Locale.ROOT).replace('.', '_'),
                            value));
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
                Path jar = ExecutableJar.of(service).orElseThrow();
                services.put(service, ChildProcess.startJar(service, "256m", own, jar));
            }
            String baseUrl = "http://localhost:" + ports.get("gateway-service");
            awaitReady(baseUrl, services);
            showEachMessageInOneTrace(baseUrl, traces);
            chatWhileTheMessageServiceDies(baseUrl, services.get("message-service"));
            createGroupsWhileTheBrokerIsAway(baseUrl, broker);
        } finally {
            for (ChildProcess service : services.values()) {
                service.close();
            }
        }
    }

    private static void awaitReady(String baseUrl, Map<String, ChildProcess> services) throws Exception {
        BooleanSupplier allRun = () -> services.values().stream().allMatch(ChildProcess::isAlive);
        try {
            ReadinessProbe.await(URI.create(baseUrl + "/api/v1/config"), LONGEST_START, allRun);
        } finally {
            for (ChildProcess service : services.values()) {
                assertThat(service.isAlive()).as(service.log()).isTrue();
            }
        }
    }

    /** From the request, or the emit, to the write to the receiver, and to those who count and notify. */
    private static void showEachMessageInOneTrace(String baseUrl, TraceReceiver traces) throws Exception {
        ChatUser alice = ChatUser.register(baseUrl, "Alice");
        ChatUser bob = ChatUser.register(baseUrl, "Bob");
        String conversation = alice.directWith(bob);
        String text = "what no span holds";
        try (ChatSocket alicePhone = alice.connect();
                ChatSocket bobPhone = bob.connect()) {
            String requestId = "request-" + Ids.next();
            alice.api()
                    .with(RequestId.HEADER, requestId)
                    .post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", text));
            alicePhone.ask("send_message", Map.of("conversationId", conversation, "text", text, "tempId", "t"));
            bobPhone.await("new_message", 2);

            String byRest = traceOf(
                    traces,
                    span -> span.service().equals("gateway-service")
                            && requestId.equals(span.attributes().get("parley.request.id")));
            String bySocket = traceOf(
                    traces,
                    span -> span.name().equals("send_message")
                            && alice.id().equals(span.attributes().get("parley.user.id")));
            Until.satisfied(() -> assertThat(steps(traces, byRest, bob))
                    .contains(
                            "gateway-service POST /api/v1/conversations/*/messages/**",
                            "message-service POST /api/v1/conversations/{conversationId}/messages"));
            Until.satisfied(() -> assertThat(steps(traces, bySocket, bob))
                    .contains(
                            "presence-service send_message",
                            "message-service POST /internal/conversations/{conversationId}/messages"));
            for (String trace : List.of(byRest, bySocket)) {
                Until.satisfied(() -> assertThat(steps(traces, trace, bob))
                        .contains(
                                "message-service publish message.created",
                                "presence-service handle conversationEvents",
                                "presence-service fan-out message.created",
                                "presence-service write",
                                "conversation-service handle conversationEvents",
                                "notification-service handle conversations"));
            }
            assertThat(traces.bytes()).doesNotContain(text, bob.username(), "127.0.0.1", "localhost");
        }
    }

    private static String traceOf(TraceReceiver traces, Predicate<ReceivedSpan> wanted) {
        Until.satisfied(() -> assertThat(traces.spans()).anyMatch(wanted));
        return traces.spans().stream()
                .filter(wanted)
                .findFirst()
                .map(ReceivedSpan::traceId)
                .orElseThrow();
    }

    /** Of the writes only those to this user. */
    private static List<String> steps(TraceReceiver traces, String traceId, ChatUser receiver) {
        return traces.ofTrace(traceId).stream()
                .filter(span -> !span.name().equals("write")
                        || receiver.id().equals(span.attributes().get("parley.user.id")))
                .map(span -> span.service() + " " + span.name())
                .toList();
    }

    private static void chatWhileTheMessageServiceDies(String baseUrl, ChildProcess messages) throws Exception {
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

    /** conversation-service tells of a group over the broker, message-service of its messages: either may be first. */
    private static void createGroupsWhileTheBrokerIsAway(String baseUrl, RestartableBroker broker) throws Exception {
        ChatUser alice = ChatUser.register(baseUrl, "Alice");
        ChatUser bob = ChatUser.register(baseUrl, "Bob");
        ChatUser carol = ChatUser.register(baseUrl, "Carol");
        try (ChatSocket alicePhone = alice.connect();
                ChatSocket bobPhone = bob.connect();
                ChatSocket carolPhone = carol.connect()) {
            broker.stop();
            List<String> groups = IntStream.range(0, GROUPS)
                    .parallel()
                    .mapToObj(i -> {
                        String group = alice.groupWith(bob, carol);
                        for (int message = 1; message <= MESSAGES_OF_GROUP; message++) {
                            sendUntilAcknowledged(alice, group, group + " " + message);
                        }
                        return group;
                    })
                    .toList();
            broker.start();
            for (ChatSocket phone : List.of(alicePhone, bobPhone, carolPhone)) {
                List<JsonNode> told = phone.await("new_message", GROUPS * MESSAGES_OF_GROUP);
                for (String group : groups) {
                    assertThat(told)
                            .filteredOn(one -> one.path("message")
                                    .path("conversationId")
                                    .asString()
                                    .equals(group))
                            .extracting(one -> one.path("message").path("seq").asInt())
                            .containsExactly(1, 2, 3);
                }
                assertThat(phone.await("conversation_created", GROUPS))
                        .extracting(one -> one.path("id").asString())
                        .containsAll(groups);
            }
        }
    }

    /** A broker that keeps its address and its data. */
    private static final class RestartableBroker implements AutoCloseable {

        private final Path directory;
        private final int port = FreePort.find();
        private @Nullable EmbeddedBroker broker;

        RestartableBroker(Path directory) throws Exception {
            this.directory = directory;
            start();
        }

        String bootstrapServers() {
            return EmbeddedBroker.address(port);
        }

        void start() throws Exception {
            broker = EmbeddedBroker.start(directory, port, CREDENTIALS);
        }

        void stop() {
            if (broker != null) {
                broker.close();
                broker = null;
            }
        }

        @Override
        public void close() {
            stop();
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
