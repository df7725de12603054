package dev.parley.bench.socket;

import dev.parley.bench.store.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A socket server in a process of its own, so that its CPU time and its memory are its own. */
final class ServerProcess implements AutoCloseable {

    static final String READY = "ready ";

    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param javaOptions for the JVM, such as {@code -Xmx256m} */
    static ServerProcess parley(String... javaOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(javaOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RoomServer.class.getName()));
        return start(command);
    }

    /** @param folder where {@code npm install} was run */
    static ServerProcess node(Path folder) throws IOException {
        return start(List.of("node", folder.resolve("server.mjs").toString()));
    }

    private static ServerProcess start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        @Nullable String line = output.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("The server did not start: " + command);
        }
        return new ServerProcess(process, Integer.parseInt(line.substring(READY.length())));
    }

    int port() {
        return port;
    }

    /** The CPU time used so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    long residentBytes() throws IOException {
        return Machine.residentKibibytes(process.pid()) << 10;
    }

    /** The same after a JVM has collected its garbage; as it is for anything else. */
    long settledBytes() throws IOException, InterruptedException {
        if (process.info().command().orElse("").endsWith("java")) {
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        return residentBytes();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
