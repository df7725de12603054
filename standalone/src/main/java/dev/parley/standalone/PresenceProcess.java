package dev.parley.standalone;

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

/** Runs a {@link PresenceNode}, and starts it again, on the same port, when it dies. */
final class PresenceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(7);

    /** Long enough to see what the others do without it. */
    private static final Duration RESTART_DELAY = Duration.ofSeconds(3);

    /** Ctrl-C reaches all processes of a terminal at once: whether this one stops too shows a moment later. */
    private static final Duration STOP_NOTICE = Duration.ofMillis(500);

    /** Options of this JVM that are also for its children. */
    private static final List<String> HANDED_ON = List.of(
            "-D", "-XX:SharedArchiveFile", "-Xshare", "-Xlog", "--enable-native-access", "--sun-misc-unsafe-memory");

    private final String name;
    private final URI address;
    private final List<String> settings;
    private final Path log;
    private final Stopping stopping;
    private final Progress progress;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Process process;

    private PresenceProcess(
            int number, URI address, List<String> settings, Path log, Stopping stopping, Progress progress)
            throws IOException {
        this.name = "presence node " + number;
        this.address = address;
        this.settings = settings;
        this.log = log;
        this.stopping = stopping;
        this.progress = progress;
        Files.deleteIfExists(log);
        this.process = launch();
    }

    /**
     * Returns when the node is ready.
     *
     * @param number from 1
     * @param log where what it prints goes, from the start of the platform on
     */
    static PresenceProcess start(
            int number, URI address, List<String> settings, Path log, Stopping stopping, Progress progress)
            throws IOException, InterruptedException {
        PresenceProcess node = new PresenceProcess(number, address, settings, log, stopping, progress);
        try {
            node.awaitReady(node.process);
        } catch (IllegalStateException | InterruptedException failure) {
            node.close();
            throw failure;
        }
        Thread keeper = new Thread(node::keepRunning, node.name);
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
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), PresenceNode.class.getName()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // Not closed: its end is what the node stops at.
        OutputStream input = started.getOutputStream();
        input.write((String.join("\n", settings) + "\n\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
        return started;
    }

    private void awaitReady(Process started) throws InterruptedException {
        Readiness.await(address.resolve("/actuator/health/readiness"), START_LIMIT, started::isAlive);
        progress.say("  " + name + ": process " + started.pid() + ", " + address);
    }

    private void keepRunning() {
        try {
            Process current = process;
            while (true) {
                int code = current.waitFor();
                if (isClosing(STOP_NOTICE)) {
                    return;
                }
                progress.say("  " + name + ": process " + current.pid() + " ended (exit code " + code
                        + "); starting another in " + RESTART_DELAY.toSeconds() + " s, see " + log);
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
                progress.say("  " + name + " did not start: " + failure.getMessage());
                // It may still run: the next one needs its port.
                process().destroyForcibly();
            }
            return process();
        }
    }

    private synchronized Process process() {
        return process;
    }

    /** Whether it is being stopped, now or within this time. */
    private boolean isClosing(Duration time) throws InterruptedException {
        return closing.await(time.toMillis(), TimeUnit.MILLISECONDS) || stopping.hasBegun();
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
