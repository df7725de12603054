package dev.parley.standalone;

import dev.parley.embedded.FreePort;
import dev.parley.gateway.GatewayServiceApplication;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.LoggerFactory;

/** All of Parley in one JVM, for trying it out and for small installations. */
public final class Standalone {

    /** How long a stop may take before what is left is abandoned; the embedded parts survive that. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** How long a start may take. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private Standalone() {}

    public static void main(String[] args) {
        // logback.xml says what is logged: contexts that share a JVM would configure it against each other.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Before several threads log at once, which slf4j would complain of.
        LoggerFactory.getILoggerFactory();
        try {
            start(Options.of(args, System.getenv()));
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        } catch (Exception failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            System.err.println("Parley did not start:");
            cause.printStackTrace();
            System.exit(1);
        }
    }

    private static void start(Options options) throws Exception {
        requireFree(options.port());
        int port = options.port() == 0 ? FreePort.find() : options.port();
        DataFolder data = DataFolder.lock(options.data());
        Progress progress = new Progress(System.out);
        Stopping stopping = new Stopping();
        stopping.later("data folder", data);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping.stopAll(STOP_LIMIT), "shutdown"));

        progress.say("Starting Parley");
        Launcher launcher =
                new Launcher(Dependencies.start(options, data, stopping, progress), options.presenceNodes());
        Services.start(launcher, data, stopping, progress);
        stopping.later("gateway", launcher.startGateway(GatewayServiceApplication.class, port));
        progress.started("gateway");
        Readiness.await(port, START_LIMIT);
        progress.started("ready");
        if (options.exitWhenReady()) {
            System.exit(0);
        }
        progress.say("""

                Parley is at http://localhost:%d/
                Open it and register a user. Open it again in a private window, register a second user, and let them chat.
                Everything is kept in %s. Ctrl-C stops it.
                """.formatted(port, options.data().toAbsolutePath().normalize()));
    }

    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(port));
        } catch (IOException taken) {
            throw new Refusal("Port " + port + " is in use: choose another with --port");
        }
    }
}
