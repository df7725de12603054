package dev.parley.bench.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program in a process of its own, so that its CPU time and its memory are its own. It ends with this process. */
public final class ChildProcess implements AutoCloseable {

    /** The start of the line by which a program of this module says that it is ready. */
    public static final String READY = "ready ";

    private static final int STOP_SECONDS = 15;

    private final Process process;
    private final String readyText;

    private ChildProcess(Process process, String readyText) {
        this.process = process;
        this.readyText = readyText;
    }

    /** Starts a main class of this module in another JVM. @param options for the JVM, such as {@code -Xmx256m} */
    public static ChildProcess java(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(javaTool("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return start(command, Map.of(), READY);
    }

    /**
     * Starts a program and returns when it is ready.
     *
     * @param environment variables besides those of this process
     * @param ready the start of the line that the program prints when it is ready
     */
    public static ChildProcess start(List<String> command, Map<String, String> environment, String ready)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder printed = new StringBuilder();
        for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ready)) {
                discardInBackground(output);
                return new ChildProcess(process, line.substring(ready.length()));
            }
            printed.append(line).append('\n');
        }
        throw new IOException("The program " + command + " did not start. It printed:\n" + printed);
    }

    // A program whose output nobody reads would block once the pipe is full.
    private static void discardInBackground(BufferedReader output) {
        Thread reader = new Thread(() -> {
            try (output) {
                output.transferTo(Writer.nullWriter());
            } catch (IOException ended) {
                // The program is gone.
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** For the main method of a program: waits until the process that started it has ended, and then ends the program. */
    public static void serveUntilParentEnds() throws IOException {
        while (System.in.read() >= 0) {
            // Nobody writes; the end of the stream is the end of the parent.
        }
        Runtime.getRuntime().halt(0);
    }

    /** What the line after {@link #READY} said. */
    public String readyText() {
        return readyText;
    }

    /** The CPU time used so far, by the processes that it started and that still run, too. */
    public Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    public long residentBytes() throws IOException {
        return Machine.residentBytes(process.pid());
    }

    /** Makes a JVM collect its garbage. */
    public void collectGarbage() throws IOException, InterruptedException {
        new ProcessBuilder(javaTool("jcmd"), Long.toString(process.pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Sends SIGKILL, so that the program cannot write anything any more. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the program to end, and kills it if it does not. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A program of the JDK that runs this process. */
    public static String javaTool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
