package dev.parley.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line and the environment ask for.
 *
 * @param port the public port; 0 for any free one
 * @param data where the embedded parts keep their data
 * @param mongoUri a MongoDB to use in place of the embedded store
 * @param kafkaServers a Kafka cluster to use in place of the embedded broker
 * @param searchPath where a {@code mongod} is looked for, to be used in place of the embedded store
 * @param presenceNodes how many there are; more than one means that each is a process of its own
 * @param exitWhenReady whether to stop once everything has started, which is how a start is rehearsed
 */
record Options(
        int port,
        Path data,
        @Nullable String mongoUri,
        @Nullable String kafkaServers,
        @Nullable String searchPath,
        int presenceNodes,
        boolean exitWhenReady) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PRESENCE_NODES = 8;

    /** @throws Refusal if an argument is unknown or cannot be read */
    static Options of(String[] args, Map<String, String> environment) {
        int port = DEFAULT_PORT;
        Path data = Path.of("data");
        int presenceNodes = 1;
        boolean exitWhenReady = false;
        for (int i = 0; i < args.length; i++) {
            String name = args[i];
            String value = "";
            if (name.equals("--exit-when-ready")) {
                exitWhenReady = true;
                continue;
            }
            int equals = name.indexOf('=');
            if (equals >= 0) {
                value = name.substring(equals + 1);
                name = name.substring(0, equals);
            } else if (i + 1 < args.length) {
                value = args[++i];
            }
            switch (name) {
                case "--port" -> port = number(name, value, 0, MAX_PORT);
                case "--presence-nodes" -> presenceNodes = number(name, value, 1, MAX_PRESENCE_NODES);
                case "--data" -> data = folder(value);
                default -> throw new Refusal("Unknown option " + name + " (see ./run --help)");
            }
        }
        return new Options(
                port,
                data,
                given(environment, "MONGODB_URI"),
                given(environment, "KAFKA_BOOTSTRAP_SERVERS"),
                given(environment, "PATH"),
                presenceNodes,
                exitWhenReady);
    }

    private static int number(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new Refusal(name + " takes a number from 1 to " + most + ", not '" + value + "'");
    }

    private static Path folder(String value) {
        if (value.isBlank()) {
            throw new Refusal("--data takes a folder");
        }
        return Path.of(value);
    }

    private static @Nullable String given(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
