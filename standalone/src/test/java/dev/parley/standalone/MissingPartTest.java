package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.FreePort;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.test.ChildProcess;
import dev.parley.platform.test.EmbeddedParts;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service without its store or its broker ends with one sentence that helps. */
class MissingPartTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Test
    @Timeout(300)
    void aServiceSaysWhatIsMissingAndHowToSetItAndEnds() throws Exception {
        String nowhere = "localhost:" + FreePort.find();
        String store = EmbeddedParts.storeUri();
        String broker = EmbeddedParts.bootstrapServers();
        Map<ChildProcess, String> expected = new LinkedHashMap<>();
        try {
            expected.put(
                    start("auth", "mongodb://" + nowhere + "/parley", broker),
                    "auth-service cannot start: there is no MongoDB at " + nowhere
                            + "; start one there, or set MONGODB_URI to its address, such as mongodb://host:27017/parley");
            for (String service : List.of("presence", "conversation")) {
                expected.put(
                        start(service, store + "missing-" + service, nowhere),
                        service + "-service cannot start: there is no Kafka at " + nowhere
                                + "; start one there, or set KAFKA_BOOTSTRAP_SERVERS to its address, such as host:9092");
            }
            for (Map.Entry<ChildProcess, String> each : expected.entrySet()) {
                ChildProcess service = each.getKey();
                assertThat(service.awaitEnd(LONGEST)).as(service.log()).isNotZero();
                List<String> lines = service.log().lines().toList();
                assertThat(lines.get(lines.size() - 1)).endsWith(each.getValue());
                assertThat(lines).noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by"));
            }
        } finally {
            for (ChildProcess service : expected.keySet()) {
                service.close();
            }
        }
    }

    private static ChildProcess start(String service, String mongo, String kafka) throws IOException {
        String application = Objects.requireNonNull(
                ServiceRegistry.load().registry().get(service).application());
        return ChildProcess.start(
                service,
                "256m",
                Map.of(
                        "PORT",
                        Integer.toString(FreePort.find()),
                        "MONGODB_URI",
                        mongo,
                        "KAFKA_BOOTSTRAP_SERVERS",
                        kafka,
                        "PARLEY_STORE_TIMEOUT",
                        "200ms",
                        "SPRING_KAFKA_ADMIN_OPERATIONTIMEOUT",
                        "2s",
                        "PARLEY_FILES_URLKEYS",
                        EmbeddedParts.FILE_URL_KEY),
                List.of(application));
    }
}
