package dev.parley.standalone.service;

import dev.parley.standalone.lifecycle.ReadinessProbe;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import dev.parley.standalone.lifecycle.StartupProgress;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps a node running in a process of its own: one that dies is started again, on the same port. */
final class NodeProcess implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(7);

    /** Long enough to see how the others do without the node. */
    private static final Duration RESTART_DELAY = Duration.ofSeconds(3);

    /** Ctrl-C reaches all processes of a terminal at once: a moment later it is clear whether this process stops too. */
    private static final Duration STOP_NOTICE = Duration.ofMillis(500);

    /** Options of this JVM that its nodes get, too. */
    private static final List<String> HANDED_ON = List.of(
            "-D", "-XX:SharedArchiveFile", "-Xshare", "-Xlog", "--enable-native-access", "--sun-misc-unsafe-memory");

    /**
     * A node to run.
     *
     * @param number from 1
     * @param health the path that answers 200 while the node is ready
     * @param settings for {@link NodeMain}
     * @param log where its output goes, from the start of the platform on
     */
    record Description(String service, int number, URI address, String health, List<String> settings, Path log) {

        String name() {
            return service + " node " + number;
        }
    }

    private final Description node;
    private final NodeOptions options;
    private final ShutdownSequence shutdown;
    private final StartupProgress progress;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Process process;

    private NodeProcess(Description node, NodeOptions options, ShutdownSequence shutdown, StartupProgress progress)
            throws IOException {
        this.node = node;
        this.options = options;
        this.shutdown = shutdown;
        this.progress = progress;
        Files.deleteIfExists(node.log());
        this.process = launch();
    }

    /** Returns when the node is ready. */
    static NodeProcess start(
            Description description, NodeOptions options, ShutdownSequence shutdown, StartupProgress progress)
            throws IOException, InterruptedException {
        NodeProcess node = new NodeProcess(description, options, shutdown, progress);
        try {
            node.awaitReady(node.process);
        } catch (IllegalStateException | InterruptedException failure) {
            node.close();
            throw failure;
        }
        Thread keeper = new Thread(node::keepRunning, description.name());
        keeper.setDaemon(true);
        keeper.start();
        return node;
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> HANDED_ON.stream().anyMatch(option::startsWith))
                .filter(option -> !option.startsWith("-Dcom.sun.management"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx" + options.heap(), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(NodeMain.class.getName(), node.service()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(node.log().toFile()))
                .start();
        // Stays open: the node stops when it ends.
        OutputStream input = started.getOutputStream();
        input.write((String.join("\n", node.settings()) + "\n\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
        return started;
    }

    private void awaitReady(Process started) throws InterruptedException {
        ReadinessProbe.await(node.address().resolve(node.health()), options.startLimit(), started::isAlive);
        progress.say("  " + node.name() + ": process " + started.pid() + ", " + node.address());
    }

    private void keepRunning() {
        try {
            Process current = process;
            while (true) {
                int code = current.waitFor();
                if (isClosing(STOP_NOTICE)) {
                    return;
                }
                progress.say("  " + node.name() + ": process " + current.pid() + " ended (exit code " + code
                        + "); starting another in " + RESTART_DELAY.toSeconds() + " s, see " + node.log());
                if (isClosing(RESTART_DELAY)) {
                    return;
                }
                current = startAgain(current);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Process startAgain(Process before) throws InterruptedException {
        try {
            Process again;
            synchronized (this) {
                if (closing.getCount() == 0) {
                    return before;
                }
                again = launch();
                process = again;
            }
            awaitReady(again);
            return again;
        } catch (IOException | IllegalStateException failure) {
            if (!isClosing(STOP_NOTICE)) {
                progress.say("  " + node.name() + " did not start: " + failure.getMessage());
                // It may still run, and the next one needs its port.
                process().destroyForcibly();
            }
            return process();
        }
    }

    private synchronized Process process() {
        return process;
    }

    /** Whether the node is being stopped, now or within this time. */
    private boolean isClosing(Duration time) throws InterruptedException {
        return closing.await(time.toMillis(), TimeUnit.MILLISECONDS) || shutdown.hasBegun();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Process last;
        synchronized (this) {
            closing.countDown();
            last = process;
        }
        last.getOutputStream().close();
        if (!last.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            last.destroyForcibly();
        }
    }
}
