package dev.parley.media.preview;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.util.unit.DataSize;

/**
 * Runs a program that reads what strangers sent: with limits of its time and its memory, and with nothing of the environment of
 * this service. Its methods block.
 *
 * @param timeout how long a run may take, and how much time of a processor it may use
 * @param memory how much address space it may use
 */
record ChildProcess(Duration timeout, DataSize memory) {

    /** Reads what the program writes. The program is ended if it writes more than was read. */
    @FunctionalInterface
    interface Reading<T> {
        T of(InputStream output) throws IOException;
    }

    /** @throws IOException if the program is not there, fails, or takes too long */
    <T> T run(List<String> command, Reading<T> reading) throws IOException {
        Process process = started(command);
        CompletableFuture<Void> limit = CompletableFuture.runAsync(process::destroyForcibly, after(timeout));
        try (InputStream output = process.getInputStream()) {
            T result = reading.of(output);
            output.close();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(command.get(0) + " ended with " + status);
            }
            return result;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", stopped);
        } finally {
            limit.cancel(false);
            process.destroyForcibly();
        }
    }

    /** The shell sets the limits, and is then replaced by the program. */
    private Process started(List<String> command) throws IOException {
        List<String> limited = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "ulimit -v " + memory.toKilobytes() + " && ulimit -t " + timeout.toSeconds() + " && exec \"$@\"",
                "sh"));
        limited.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(limited).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static Executor after(Duration time) {
        return CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
