package dev.parley.standalone.service;

import dev.parley.platform.boot.StartupException;
import dev.parley.platform.registry.ServiceEntry;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * Runs one node of a service in a process of its own. The argument is the service's name. The process reads its settings
 * from the standard input, one a line up to an empty line: there are secrets among them, which everybody could read on a
 * command line. When the input ends, the process that started this one has stopped or died, and this one stops too.
 */
public final class NodeMain {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private NodeMain() {}

    public static void main(String[] args) throws IOException {
        String service = args[0];
        ServiceEntry entry =
                Objects.requireNonNull(ServiceRegistry.load().registry().get(service), service);
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerFactory.getILoggerFactory();
        ShutdownSequence shutdown = new ShutdownSequence();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown.stopAll(STOP_LIMIT), "shutdown"));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> settings = new ArrayList<>();
        for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            settings.add(line);
        }
        Thread watch = new Thread(() -> exitAtTheEndOf(input), "parent");
        watch.setDaemon(true);
        watch.start();
        try {
            shutdown.add(service, ServiceLauncher.run(entry, service, settings));
        } catch (StartupException refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private static void exitAtTheEndOf(BufferedReader input) {
        try {
            while (input.read() >= 0) {
                // nothing more is said
            }
        } catch (IOException broken) {
            // as good as its end
        }
        System.exit(0);
    }
}
