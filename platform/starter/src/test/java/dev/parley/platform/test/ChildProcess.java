package dev.parley.platform.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java program in a process of its own that can be killed, and stopped for a while as if its machine hung. It ends with the
 * test, if it takes the end of its standard input for the end of its parent.
 */
public final class ChildProcess implements AutoCloseable {

    /** For what the system does at once, unless it has much else to do. */
    private static final Duration LONGEST_SIGNAL = Duration.ofSeconds(60);

    private final String name;
    private final Map<String, String> environment;
    private final List<String> command = new ArrayList<>();
    private final Path log;
    private Process process;

    private ChildProcess(String name, String heap, Map<String, String> environment, List<String> program)
            throws IOException {
        this.name = name;
        this.environment = environment;
        this.log = Files.createTempFile("parley-" + name, ".log");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // None lives so long that the second compiler pays.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx" + heap));
        command.addAll(program);
        start();
    }

    /** @param heap such as {@code 128m} */
    public static ChildProcess start(
            String name, String heap, Map<String, String> environment, List<String> mainAndArguments)
            throws IOException {
        return start(name, heap, environment, System.getProperty("java.class.path"), mainAndArguments);
    }

    /** Like {@link #start(String, String, Map, List)}, with another class path than the test's. */
    public static ChildProcess start(
            String name, String heap, Map<String, String> environment, String classPath, List<String> mainAndArguments)
            throws IOException {
        List<String> program = new ArrayList<>(List.of("-cp", classPath));
        program.addAll(mainAndArguments);
        return new ChildProcess(name, heap, environment, program);
    }

    /** Like {@link #start(String, String, Map, List)}, with an executable jar instead of the test's class path. */
    public static ChildProcess startJar(String name, String heap, Map<String, String> environment, Path jar)
            throws IOException {
        return new ChildProcess(name, heap, environment, List.of("-jar", jar.toString()));
    }

    /** Starts it again after its end. */
    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** SIGKILL: nothing of it gets to say goodbye. */
    public void kill() throws InterruptedException {
        if (!process.destroyForcibly().waitFor(LONGEST_SIGNAL.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " cannot be killed");
        }
    }

    /**
     * SIGTERM: it brings to an end what is under way. Returns when it has ended. {@link Process#destroy} would end its standard input,
     * too, by which it would take its parent for dead.
     */
    public void terminate(Duration longest) throws IOException, InterruptedException {
        signal("TERM");
        awaitEnd(longest);
    }

    /** SIGSTOP: its connections stay open, and nobody answers. */
    public void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    public void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!kill.waitFor(LONGEST_SIGNAL.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IOException("No signal " + signal + " to " + name);
            }
        } finally {
            kill.destroyForcibly();
        }
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for it to end by itself, and gives its exit code. */
    public int awaitEnd(Duration longest) throws IOException, InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(name + " has not ended: " + log());
        }
        return process.exitValue();
    }

    /** What it has printed so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    @Override
    public String toString() {
        return name;
    }
}
