package dev.parley.standalone;

import dev.parley.embedded.FreePort;
import dev.parley.standalone.lifecycle.ReadinessProbe;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The whole platform as {@code ./run} starts it: one process with a data folder of its own. */
public final class PlatformProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(240);

    private static final Duration LONGEST_KILL = Duration.ofSeconds(60);

    private static final int LAST_WORDS = 12;

    /**
     * For its own processes too: none of them lives so long that the second compiler pays. With one compiler the JVM has room for 48 MB of code: all services together
     * fill it within two minutes, and go on without a compiler.
     */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=192m -XX:+UseSerialGC";

    private final Path data;
    private final Map<String, String> environment;
    private final int port;
    private final Path log;
    private final List<String> options;

    /** A folder or jar with more classes and files; empty for none. */
    private final String moreClassPath;

    private Process process;

    private PlatformProcess(
            Path data, int port, Map<String, String> environment, List<String> options, String moreClassPath)
            throws IOException {
        this.moreClassPath = moreClassPath;
        this.data = data;
        this.environment = environment;
        this.port = port;
        this.options = options;
        this.log = Files.createTempFile("parley-platform", ".log");
        this.process = launch();
    }

    /** Starts the platform on a free port, and returns when it is ready. */
    static PlatformProcess start(Path data) throws IOException {
        return start(data, Map.of());
    }

    /** Like {@link #start(Path)}, with more in its environment and on its command line. */
    public static PlatformProcess start(Path data, Map<String, String> environment, String... options)
            throws IOException {
        PlatformProcess platform = new PlatformProcess(data, FreePort.find(), environment, List.of(options), "");
        platform.awaitReady();
        return platform;
    }

    /** Like {@link #start(Path)}, with a folder more on the class path. */
    static PlatformProcess startWith(Path classPath, Path data) throws IOException {
        PlatformProcess platform =
                new PlatformProcess(data, FreePort.find(), Map.of(), List.of(), File.pathSeparator + classPath);
        platform.awaitReady();
        return platform;
    }

    public String baseUrl() {
        return "http://localhost:" + port;
    }

    /** The folder that keeps all its data. */
    Path data() {
        return data;
    }

    /** What it has printed so far. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    /** Ends the process as {@code kill -9} does: nothing of it gets to say goodbye. */
    void kill() throws InterruptedException {
        if (!process.destroyForcibly().waitFor(LONGEST_KILL.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The platform cannot be killed");
        }
    }

    /** Whether its process is there. */
    boolean runs() {
        return process.isAlive();
    }

    /** Starts it again on the same data and the same port. */
    void restart() throws IOException {
        process = launch();
        awaitReady();
    }

    /** Ends it as Ctrl-C does. Returns whether it ended in the time given. */
    boolean stop(Duration longest) throws InterruptedException {
        process.destroy();
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-cp",
                System.getProperty("java.class.path") + moreClassPath,
                "dev.parley.standalone.Standalone",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JAVA_TOOL_OPTIONS", SHORT_LIVED);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void awaitReady() throws IOException {
        try {
            ReadinessProbe.await(URI.create(baseUrl() + "/api/v1/config"), LONGEST_START, process::isAlive);
        } catch (IllegalStateException notReady) {
            String state = process.isAlive() ? "still starts" : "has ended with " + process.exitValue();
            process.destroyForcibly();
            throw new IOException(
                    "The platform is not ready, it %s. Its last words: %s\n%s"
                            .formatted(state, lastWords(), Files.readString(log)),
                    notReady);
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    /** In one line, since a summary of failures shows no more. */
    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    @Override
    public void close() throws InterruptedException {
        if (!stop(Duration.ofSeconds(20))) {
            kill();
        }
    }
}
