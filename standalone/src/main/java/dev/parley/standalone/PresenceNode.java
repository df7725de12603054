package dev.parley.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * One presence-service in a process of its own. It reads its settings from the standard input, one a line up to an empty
 * line (there are secrets among them, which everybody could read on a command line). When the input ends, whoever
 * started it has stopped or died, and it stops too.
 */
public final class PresenceNode {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private PresenceNode() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerFactory.getILoggerFactory();
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping.stopAll(STOP_LIMIT), "shutdown"));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> settings = new ArrayList<>();
        for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            settings.add(line);
        }
        Thread watch = new Thread(() -> exitAtTheEndOf(input), "parent");
        watch.setDaemon(true);
        watch.start();
        try {
            stopping.later("presence", Launcher.run(Service.PRESENCE, settings));
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
