package dev.parley.platform.test;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A real store and a real broker in processes of their own, so that they can be killed and stopped. */
public final class OutsideParts {

    private static final String READY = "ready ";
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private OutsideParts() {}

    /** What the processes run: serves a folder until it is killed, or until its parent goes. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        String address = arguments[0].equals("store")
                ? EmbeddedStore.start(folder, port).uri()
                : EmbeddedBroker.start(folder, port).bootstrapServers();
        System.out.println(READY + address);
        while (System.in.read() >= 0) {
            // Nobody writes; the end of the stream is the end of the parent.
        }
        Runtime.getRuntime().halt(0);
    }

    /** Returns when it serves. It comes back at the same address. */
    public static ChildProcess store(Path folder) throws IOException {
        return started("store", "192m", folder);
    }

    /** Returns when it serves. It comes back at the same address. */
    public static ChildProcess broker(Path folder) throws IOException {
        return started("broker", "256m", folder);
    }

    private static ChildProcess started(String kind, String heap, Path folder) throws IOException {
        ChildProcess process = ChildProcess.start(
                kind,
                heap,
                Map.of(),
                List.of(OutsideParts.class.getName(), kind, folder.toString(), Integer.toString(FreePort.find())));
        address(process);
        return process;
    }

    /** Where it serves: a connection string without a database, or a bootstrap server. */
    public static String address(ChildProcess process) {
        return Awaitility.await(process.name())
                .atMost(LONGEST_START)
                .until(
                        () -> process.log()
                                .lines()
                                .filter(line -> line.startsWith(READY))
                                .findFirst(),
                        found -> found.isPresent() || !process.isAlive())
                .map(line -> line.substring(READY.length()))
                .orElseThrow();
    }
}
