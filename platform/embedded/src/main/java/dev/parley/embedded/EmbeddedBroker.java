package dev.parley.embedded;

import dev.parley.embedded.store.settings.Credentials;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM: one KRaft node that is broker and controller, with its log in a folder.
 *
 * <p>A record that was acknowledged survives the kill of the process, because the operating system still has it and a
 * restart recovers the log. It does not survive the loss of the machine's power. Use a cluster in production.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String CLUSTER_ID = "cGFybGV5LWVtYmVkZGVkMA";

    /** Sends the password as it is, which is safe on the loopback interface and costs next to nothing. */
    private static final String MECHANISM = "PLAIN";

    private static final String JAAS_CONFIG = "sasl.jaas.config";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final int controllerPort;
    private final Map<String, String> clientProperties;

    private EmbeddedBroker(
            KafkaRaftServer server, String bootstrapServers, int controllerPort, Map<String, String> clientProperties) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.controllerPort = controllerPort;
        this.clientProperties = clientProperties;
    }

    /** Like {@link #start(Path, int, Credentials)}, for everybody on this machine. */
    public static EmbeddedBroker start(Path directory, int port) throws Exception {
        return start(directory, port, null);
    }

    /**
     * Starts a broker on the loopback interface and returns when it serves.
     *
     * @param directory where the log is kept; created if missing, continued if it holds one
     * @param port the client port, or 0 for any free one
     * @param credentials what clients must know; without them everybody on this machine may read and write
     */
    public static EmbeddedBroker start(Path directory, int port, @Nullable Credentials credentials) throws Exception {
        int clientPort = port == 0 ? FreePort.find() : port;
        return start(directory, LOOPBACK, address(clientPort), credentials);
    }

    /**
     * Starts a broker for other machines: on all interfaces of this one. Its controller stays on the loopback interface.
     *
     * @param host the name by which clients reach this machine
     */
    public static EmbeddedBroker startForNetwork(Path directory, String host, int port, Credentials credentials)
            throws Exception {
        return start(directory, "0.0.0.0", host + ":" + port, credentials);
    }

    private static EmbeddedBroker start(Path directory, String bound, String address, @Nullable Credentials credentials)
            throws Exception {
        Path log = directory.toAbsolutePath();
        int controllerPort = FreePort.find();
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(log);
        }
        String listener = bound + address.substring(address.lastIndexOf(':'));
        KafkaRaftServer server = new KafkaRaftServer(
                KafkaConfig.fromProps(properties(log, listener, address, controllerPort, credentials), false),
                Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, address, controllerPort, clientProperties(credentials));
    }

    private static void format(Path log) throws Exception {
        Files.createDirectories(log);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(1)
                .setClusterId(CLUSTER_ID)
                .setDirectories(List.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .run();
    }

    private static Properties properties(
            Path log, String listener, String address, int controllerPort, @Nullable Credentials credentials) {
        String protocol = credentials == null ? "PLAINTEXT" : "SASL_PLAINTEXT";
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("listeners", "BROKER://" + listener + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "BROKER://" + address),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "BROKER"),
                Map.entry("listener.security.protocol.map", "BROKER:" + protocol + ",CONTROLLER:" + protocol),
                Map.entry("log.dirs", log.toString()),
                Map.entry("num.partitions", "8"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a kill the broker may come back when its last session is over; clients wait for that.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4")));
        if (credentials != null) {
            properties.putAll(passwordOfTheListeners(credentials));
        }
        return properties;
    }

    /** The controller's port takes commands, too. */
    private static Map<String, String> passwordOfTheListeners(Credentials credentials) {
        String accepted = "user_" + credentials.user() + "=\"" + credentials.password() + "\"";
        String login = login(credentials, accepted);
        return Map.of(
                "sasl.enabled.mechanisms",
                MECHANISM,
                "sasl.mechanism.inter.broker.protocol",
                MECHANISM,
                "sasl.mechanism.controller.protocol",
                MECHANISM,
                "listener.name.broker.plain." + JAAS_CONFIG,
                login,
                "listener.name.controller.plain." + JAAS_CONFIG,
                login);
    }

    /** What clients set beside the address. The password is among it, if there is one. */
    public static Map<String, String> clientProperties(@Nullable Credentials credentials) {
        return credentials == null
                ? Map.of()
                : Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        MECHANISM,
                        JAAS_CONFIG,
                        login(credentials, ""));
    }

    private static String login(Credentials credentials, String more) {
        return LOGIN + "username=\"" + credentials.user() + "\" password=\"" + credentials.password() + "\" " + more
                + ";";
    }

    /** The address of a broker on this port, as {@code host:port}. */
    public static String address(int port) {
        return LOOPBACK + ":" + port;
    }

    /** The address that clients connect to, as {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The properties of clients, for the credentials that the broker was started with. */
    public Map<String, String> clientProperties() {
        return clientProperties;
    }

    int controllerPort() {
        return controllerPort;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
