package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.FreePort;
import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.test.ChildProcess;
import dev.parley.platform.test.EmbeddedParts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service, or all of them, without a store or a broker ends with one sentence that helps. */
class MissingPartTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Only where there is no store: one that is there may need longer for an answer. */
    private static final Map<String, String> IMPATIENT = Map.of("PARLEY_STORE_TIMEOUT", "200ms");

    @TempDir
    Path folder;

    @Test
    @Timeout(450)
    void aProgramSaysWhatIsMissingAndHowToSetItAndEnds() throws Exception {
        String nowhere = "localhost:" + FreePort.find();
        String noStore = "mongodb://" + nowhere + "/parley";
        String storeIsMissing = " cannot start: there is no MongoDB at " + nowhere
                + "; start one there, or set MONGODB_URI to its address, such as mongodb://host:27017/parley";
        String brokerIsMissing = " cannot start: there is no Kafka at " + nowhere
                + "; start one there, or set KAFKA_BOOTSTRAP_SERVERS to its address, such as host:9092";
        Map<ChildProcess, String> expected = new LinkedHashMap<>();
        try {
            expected.put(
                    service("auth", backing(noStore, EmbeddedParts.bootstrapServers(), IMPATIENT)),
                    "auth-service" + storeIsMissing);
            expected.put(
                    service("conversation", backing(EmbeddedParts.storeUri() + "missing", nowhere, Map.of())),
                    "conversation-service" + brokerIsMissing);
            expected.put(platform(backing(noStore, nowhere, Map.of())), "Parley" + storeIsMissing);
            expected.put(
                    platform(backing(EmbeddedParts.storeUri() + "missing", nowhere, Map.of())),
                    "Parley" + brokerIsMissing);
            for (Map.Entry<ChildProcess, String> each : expected.entrySet()) {
                ChildProcess program = each.getKey();
                assertThat(program.awaitEnd(LONGEST)).as(program.log()).isNotZero();
                List<String> lines = program.log().lines().toList();
                assertThat(lines.get(lines.size() - 1)).endsWith(each.getValue());
                assertThat(lines)
                        .noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by"))
                        .filteredOn(line -> line.contains("cannot start"))
                        .hasSize(1);
            }
            assertThat(folder.resolve("data")).doesNotExist();
        } finally {
            for (ChildProcess program : expected.keySet()) {
                program.close();
            }
        }
    }

    private static Map<String, String> backing(String mongo, String kafka, Map<String, String> more)
            throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PORT", Integer.toString(FreePort.find()));
        environment.put("MONGODB_URI", mongo);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
        environment.put("PARLEY_FILES_URLKEYS", EmbeddedParts.FILE_URL_KEY);
        environment.put("PARLEY_SERVICE_SECRET", EmbeddedParts.SERVICE_SECRET);
        return environment;
    }

    /** As {@code ./run} starts it. */
    private ChildProcess platform(Map<String, String> environment) throws IOException {
        return ChildProcess.start(
                "platform",
                "256m",
                environment,
                List.of(
                        Standalone.class.getName(),
                        "--port",
                        Integer.toString(FreePort.find()),
                        "--data",
                        folder.resolve("data").toString()));
    }

    /** From its executable jar, where the build has made it already. */
    private static ChildProcess service(String service, Map<String, String> environment) throws IOException {
        Optional<Path> jar = ExecutableJar.of(PlatformService.configurationName(service));
        if (jar.isPresent()) {
            return ChildProcess.startJar(service, "256m", environment, jar.get());
        }
        String application = Objects.requireNonNull(
                ServiceRegistry.load().registry().get(service).application());
        return ChildProcess.start(service, "256m", environment, List.of(application));
    }
}
