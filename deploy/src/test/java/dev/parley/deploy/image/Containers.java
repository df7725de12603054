package dev.parley.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deploy.compose.ComposeFile;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.store.settings.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * The services of the compose file in containers, as it runs them, on a network of their own. The embedded store and broker,
 * in containers too, are in the places of MongoDB and Kafka, and a folder in that of S3.
 */
final class Containers implements AutoCloseable {

    static final String VERSION = "0.1.0-SNAPSHOT";
    static final String EMBEDDED = "parley/parley-embedded:" + VERSION;

    private static final Credentials CREDENTIALS = new Credentials("parley", "password-of-these-tests");
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final String PORT = "8080";

    private final Podman podman;
    private final String name;
    private final Map<String, Map<String, Object>> services;
    private final List<String> started = new CopyOnWriteArrayList<>();

    Containers(Podman podman, String name) {
        this.podman = podman;
        this.name = name;
        this.services = ComposeFile.read(Containers::secret).services();
    }

    /** The keys are of 256 bits. */
    private static String secret(String variable) {
        byte[] key = new byte[32];
        new Random(variable.hashCode()).nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** The name of a service's image, as the build made it. */
    static Path image(String service) {
        return Path.of("..", service + "-service", "target", "jib-image.tar");
    }

    static Path imageOfEmbedded() {
        return Path.of("..", "platform", "embedded", "target", "jib-image.tar");
    }

    List<String> names() {
        return List.copyOf(services.keySet());
    }

    /** Loads the images while what was loaded before starts. */
    void start() {
        podman.run("network", "create", name);
        podman.run("load", "-q", "-i", imageOfEmbedded().toString());
        run("mongodb", EMBEDDED, Map.of(), embedded("mongodb"), List.of("store"));
        run("kafka", EMBEDDED, Map.of(), embedded("kafka"), List.of("broker"));
        CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> {
            awaitServing("mongodb");
            awaitServing("kafka");
        });
        services.keySet()
                .forEach(
                        service -> podman.run("load", "-q", "-i", image(service).toString()));
        serving.join();
        services.forEach((service, described) -> run(
                service + "-service",
                (String) described.get("image"),
                described,
                environment(service, described),
                List.of()));
    }

    private void awaitServing(String part) {
        Awaitility.await().atMost(LONGEST_START).failFast(this::requireAll).untilAsserted(() -> assertThat(
                        podman.log(container(part)))
                .contains("Serving"));
    }

    private static Map<String, String> embedded(String host) {
        return Map.of("PARLEY_EMBEDDED_PASSWORD", CREDENTIALS.password(), "PARLEY_EMBEDDED_HOST", host);
    }

    private Map<String, String> environment(String service, Map<String, Object> described) {
        Map<String, String> environment = new TreeMap<>(ComposeFile.environment(described));
        environment
                .keySet()
                .removeIf(variable ->
                        variable.startsWith("PARLEY_MEDIA_STORAGE_") || variable.startsWith("PARLEY_MEDIA_MALWARE_"));
        // They live for a minute.
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        if (!service.equals("gateway")) {
            environment.put(
                    "MONGODB_URI",
                    "mongodb://" + CREDENTIALS.user() + ":" + CREDENTIALS.password() + "@mongodb:27017/parley");
            EmbeddedBroker.clientProperties(CREDENTIALS)
                    .forEach((property, value) -> environment.put(
                            "SPRING_KAFKA_PROPERTIES_"
                                    + property.toUpperCase(Locale.ROOT).replace('.', '_'),
                            value));
        }
        return environment;
    }

    private void run(
            String host,
            String image,
            Map<String, Object> described,
            Map<String, String> environment,
            List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--name", container(host)));
        command.addAll(List.of("--network", name, "--network-alias", host, "--user", "10001:10001"));
        command.addAll(List.of("--read-only", "--read-only-tmpfs=false", "--cap-drop", "ALL"));
        command.addAll(List.of("--security-opt", "no-new-privileges"));
        List<String> folders = ComposeFile.list(described, "tmpfs");
        command.addAll(List.of("--tmpfs", folders.isEmpty() ? "/tmp:rw,exec,mode=1777" : folders.get(0)));
        if (described.containsKey("restart")) {
            command.addAll(List.of("--restart", described.get("restart").toString()));
        }
        if (described.containsKey("mem_limit")) {
            command.addAll(List.of("--memory", described.get("mem_limit").toString()));
            command.addAll(List.of("--pids-limit", described.get("pids_limit").toString()));
        }
        if (described.containsKey("ports")) {
            command.addAll(List.of("--publish", "127.0.0.1::" + PORT));
        }
        environment.forEach((variable, value) -> command.addAll(List.of("--env", variable + "=" + value)));
        command.add(image);
        command.addAll(arguments);
        started.add(host);
        podman.run(command);
    }

    private String container(String host) {
        return name + "-" + host;
    }

    /** Where clients reach the gateway. */
    String baseUrl() {
        return "http://" + podman.run("port", container("gateway-service"), PORT);
    }

    private boolean allRun() {
        return podman.run("ps", "--all", "--quiet", "--filter", "name=^" + name + "-", "--filter", "status=exited")
                .isEmpty();
    }

    /** Fails with what they wrote if one of them has ended. */
    void requireAll() {
        assertThat(allRun()).as(this::logs).isTrue();
    }

    /** The end of what each container has written. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        for (String host : started) {
            String log = podman.log(container(host));
            logs.append("\n== ").append(host).append('\n').append(log.substring(Math.max(0, log.length() - 3_000)));
        }
        return logs.toString();
    }

    /** Takes away all but the images, which a second run need not load again. */
    @Override
    public void close() {
        started.forEach(host -> podman.run("rm", "--force", "--volumes", "--time", "0", container(host)));
        podman.run("network", "rm", "--force", name);
        podman.run("image", "prune", "--force", "--filter", "label=org.opencontainers.image.vendor=Parley");
    }
}
