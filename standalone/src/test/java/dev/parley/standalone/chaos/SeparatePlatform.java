package dev.parley.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.FreePort;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.test.ChildProcess;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.OutsideParts;
import dev.parley.standalone.lifecycle.ReadinessProbe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The store, the broker, each service and the gateway, each as a process of its own that can be killed and stopped. */
final class SeparatePlatform implements AutoCloseable {

    static final String STORE = "store";
    static final String BROKER = "broker";
    static final String GATEWAY = "gateway";

    private static final String GATEWAY_APPLICATION = "dev.parley.gateway.GatewayServiceApplication";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    /** One class path for all: a service leaves out what only the gateway needs. */
    private static final List<String> WITHOUT_GATEWAY = List.of(
            "--spring.cloud.gateway.server.webflux.enabled=false",
            "--spring.cloud.refresh.enabled=false",
            "--spring.cloud.compatibility-verifier.enabled=false");

    private final Map<String, ChildProcess> parts = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    private SeparatePlatform(Path data) throws IOException {
        ChildProcess store = OutsideParts.store(data.resolve("store"));
        parts.put(STORE, store);
        ChildProcess broker = OutsideParts.broker(data.resolve("kafka"));
        parts.put(BROKER, broker);
        Map<String, String> environment = new HashMap<>(Map.of(
                "MONGODB_URI",
                OutsideParts.address(store) + "parley",
                "KAFKA_BOOTSTRAP_SERVERS",
                OutsideParts.address(broker),
                "PARLEY_FILES_URLKEYS",
                EmbeddedParts.FILE_URL_KEY,
                "PARLEY_SERVICE_SECRET",
                "of these tests",
                // How often one may ask is not the matter here.
                "PARLEY_GATEWAY_RATELIMIT_ENABLED",
                "false"));
        Map<String, String> applications = new LinkedHashMap<>();
        ServiceRegistry.load().registry().forEach((name, entry) -> applications.put(name, entry.application()));
        applications.put(GATEWAY, GATEWAY_APPLICATION);
        for (String service : applications.keySet()) {
            int port = FreePort.find();
            ports.put(service, port);
            environment.put(ServiceRegistry.addressVariable(service), "http://127.0.0.1:" + port);
        }
        for (Map.Entry<String, String> service : applications.entrySet()) {
            List<String> command = new ArrayList<>();
            command.add(service.getValue());
            command.add("--server.port=" + ports.get(service.getKey()));
            if (!service.getKey().equals(GATEWAY)) {
                command.addAll(WITHOUT_GATEWAY);
            }
            parts.put(service.getKey(), ChildProcess.start(service.getKey(), "192m", environment, command));
        }
    }

    /** Returns when all of it is ready. */
    static SeparatePlatform start(Path data) throws Exception {
        SeparatePlatform platform = new SeparatePlatform(data);
        try {
            platform.awaitReady();
            return platform;
        } catch (Throwable failure) {
            platform.close();
            throw failure;
        }
    }

    /** In the order in which they depend on each other. */
    List<String> names() {
        return List.copyOf(parts.keySet());
    }

    ChildProcess part(String name) {
        return parts.get(name);
    }

    int port() {
        return ports.get(GATEWAY);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    private void awaitReady() throws Exception {
        BooleanSupplier allRun = () -> parts.values().stream().allMatch(ChildProcess::isAlive);
        try {
            ReadinessProbe.await(URI.create(baseUrl() + "/api/v1/config"), LONGEST_START, allRun);
        } finally {
            assertAllRun();
        }
    }

    /** None ends by itself. */
    void assertAllRun() throws IOException {
        for (ChildProcess part : parts.values()) {
            assertThat(part.isAlive()).as("%s: %s", part, part.log()).isTrue();
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (ChildProcess part : parts.values()) {
            part.close();
        }
    }
}
