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
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The store, the broker, and two instances of each service and of the gateway, each as a process of its own that can be killed and
 * stopped. As in a cluster, an address leads to both instances of a service, and the gateway knows each of them.
 */
final class SeparatePlatform implements AutoCloseable {

    static final String STORE = "store";
    static final String BROKER = "broker";
    static final String GATEWAY = "gateway";

    private static final String GATEWAY_APPLICATION = "dev.parley.gateway.GatewayServiceApplication";
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration LONGEST_END = Duration.ofMinutes(2);

    /** One class path for all: a service leaves out what only the gateway needs. */
    private static final List<String> WITHOUT_GATEWAY = List.of(
            "--spring.cloud.gateway.server.webflux.enabled=false",
            "--spring.cloud.refresh.enabled=false",
            "--spring.cloud.compatibility-verifier.enabled=false");

    /** What the name of the other instance of a service ends with. */
    private static final String OTHER = "-2";

    /** Of this version. */
    static final String CLASS_PATH = System.getProperty("java.class.path");

    private final Map<String, String> applications = new LinkedHashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, ChildProcess> parts = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Balancer> balancers = new LinkedHashMap<>();

    private SeparatePlatform(Path data, String classPath) throws IOException {
        ChildProcess store = OutsideParts.store(data.resolve("store"));
        parts.put(STORE, store);
        ChildProcess broker = OutsideParts.broker(data.resolve("kafka"));
        parts.put(BROKER, broker);
        environment.putAll(Map.of(
                "MONGODB_URI",
                OutsideParts.address(store) + "parley",
                "KAFKA_BOOTSTRAP_SERVERS",
                OutsideParts.address(broker),
                "PARLEY_FILES_URLKEYS",
                EmbeddedParts.FILE_URL_KEY,
                "PARLEY_SERVICE_SECRET",
                "the secret of these tests",
                "PARLEY_MEDIA_STORAGE_FOLDER",
                data.resolve("files").toString(),
                // How often one may ask, and for how long without a new token, is not the matter here.
                "PARLEY_GATEWAY_RATELIMIT_ENABLED",
                "false",
                "PARLEY_AUTH_TOKENS_LIFETIME",
                "1h"));
        ServiceRegistry.load().registry().forEach((name, entry) -> applications.put(name, entry.application()));
        applications.put(GATEWAY, GATEWAY_APPLICATION);
        for (String service : applications.keySet()) {
            List<Integer> instances = List.of(FreePort.find(), FreePort.find());
            ports.put(service, instances.get(0));
            ports.put(service + OTHER, instances.get(1));
            Balancer balancer = new Balancer(instances);
            balancers.put(service, balancer);
            environment.put(ServiceRegistry.addressVariable(service), "http://127.0.0.1:" + balancer.port());
            environment.put(
                    "PARLEY_NODES_" + service.toUpperCase(Locale.ROOT),
                    instances.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(",")));
        }
        for (String service : applications.keySet()) {
            start(service, service, classPath);
            start(service, service + OTHER, classPath);
        }
    }

    private void start(String service, String instance, String classPath) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(applications.get(service));
        command.add("--server.port=" + ports.get(instance));
        if (!service.equals(GATEWAY)) {
            command.addAll(WITHOUT_GATEWAY);
        }
        parts.put(instance, ChildProcess.start(instance, "128m", environment, classPath, command));
    }

    /** Returns when all of it is ready. */
    static SeparatePlatform start(Path data) throws Exception {
        return start(data, CLASS_PATH);
    }

    /** Returns when all of it is ready. @param classPath of the version that the services are */
    static SeparatePlatform start(Path data, String classPath) throws Exception {
        SeparatePlatform platform = new SeparatePlatform(data, classPath);
        try {
            platform.awaitReady();
            return platform;
        } catch (Throwable failure) {
            platform.close();
            throw failure;
        }
    }

    /** The store, the broker, and the services, in the order in which they depend on each other. */
    List<String> names() {
        return parts.keySet().stream().filter(name -> !name.endsWith(OTHER)).toList();
    }

    /** The services, and the gateway. */
    List<String> services() {
        return List.copyOf(applications.keySet());
    }

    /** Puts an instance of another version in the place of one that ends what is under way. Returns when it is ready. */
    void replace(String service, ChildProcess instance, String classPath) throws Exception {
        instance.terminate(LONGEST_END);
        start(service, instance.name(), classPath);
        awaitReady(service);
    }

    /** The other instance of a service; the same part where there is but one. */
    ChildProcess other(String name) {
        return parts.getOrDefault(name + OTHER, part(name));
    }

    ChildProcess part(String name) {
        return parts.get(name);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + balancers.get(GATEWAY).port();
    }

    /** Returns when both instances of a service are ready, or at once if it is no service. */
    void awaitReady(String name) throws Exception {
        for (String instance : List.of(name, name + OTHER)) {
            Integer port = ports.get(instance);
            if (port != null) {
                ReadinessProbe.await(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"),
                        LONGEST_START,
                        part(instance)::isAlive);
            }
        }
    }

    private void awaitReady() throws Exception {
        BooleanSupplier allRun = () -> parts.values().stream().allMatch(ChildProcess::isAlive);
        try {
            ReadinessProbe.await(URI.create(baseUrl() + "/api/v1/config"), LONGEST_START, allRun);
            for (String name : names()) {
                awaitReady(name);
            }
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
        balancers.values().forEach(Balancer::close);
    }
}
