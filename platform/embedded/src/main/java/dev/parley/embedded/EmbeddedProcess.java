package dev.parley.embedded;

import dev.parley.embedded.store.settings.Credentials;
import dev.parley.embedded.store.settings.StoreSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * The store or the broker as a program that serves a network, for tests and demonstrations in containers. The argument is
 * {@code store} or {@code broker}; the environment says the rest, as the README lists.
 */
public final class EmbeddedProcess {

    private static final int STORE_PORT = 27017;
    private static final int BROKER_PORT = 9092;

    private EmbeddedProcess() {}

    public static void main(String[] args) throws Exception {
        AutoCloseable part;
        try {
            part = start(args, System.getenv());
        } catch (IllegalArgumentException refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                part.close();
                            } catch (Exception failure) {
                                failure.printStackTrace();
                            }
                        },
                        "shutdown"));
        System.out.println("Serving");
        Thread.currentThread().join();
    }

    /** @throws IllegalArgumentException that says what the arguments or the environment should have */
    static AutoCloseable start(String[] args, Map<String, String> environment) throws Exception {
        String part = args.length == 1 ? args[0] : "";
        Path data = Path.of(environment.getOrDefault("PARLEY_EMBEDDED_DATA", "/data"));
        return switch (part) {
            case "store" ->
                EmbeddedStore.startForNetwork(StoreSettings.at(data.resolve("store"))
                        .withPort(port(environment, STORE_PORT))
                        .withCredentials(credentials(environment)));
            case "broker" ->
                EmbeddedBroker.startForNetwork(
                        data.resolve("kafka"),
                        required(environment, "PARLEY_EMBEDDED_HOST", "the name by which clients reach the broker"),
                        port(environment, BROKER_PORT),
                        credentials(environment));
            default -> throw new IllegalArgumentException("Say what to run: store or broker");
        };
    }

    private static Credentials credentials(Map<String, String> environment) {
        return new Credentials(
                environment.getOrDefault("PARLEY_EMBEDDED_USER", "parley"),
                required(environment, "PARLEY_EMBEDDED_PASSWORD", "the password of all clients"));
    }

    private static String required(Map<String, String> environment, String name, String meaning) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Set " + name + " to " + meaning);
        }
        return value;
    }

    private static int port(Map<String, String> environment, int otherwise) {
        String port = environment.getOrDefault("PORT", "");
        try {
            return port.isEmpty() ? otherwise : Integer.parseInt(port);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("PORT must be a number, not " + port, notANumber);
        }
    }
}
