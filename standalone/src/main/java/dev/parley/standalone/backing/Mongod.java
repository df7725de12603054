package dev.parley.standalone.backing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real MongoDB server, run as a child process on the loopback interface. */
final class Mongod implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
    private static final long POLL_MILLIS = 50;

    private final Process process;
    private final int port;

    private Mongod(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The first {@code mongod} in the folders of a search path, if there is one. */
    static Optional<Path> find(@Nullable String searchPath) {
        return Optional.ofNullable(searchPath).stream()
                .flatMap(path ->
                        Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(path))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "mongod"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts the server on this port and returns when it takes connections. */
    static Mongod start(Path executable, Path directory, int port) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--dbpath",
                        directory.toString(),
                        "--bind_ip",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mongod.log").toFile())
                .start();
        Mongod server = new Mongod(process, port);
        try {
            server.awaitConnections(directory);
        } catch (IOException | InterruptedException failure) {
            server.close();
            throw failure;
        }
        return server;
    }

    private void awaitConnections(Path directory) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("mongod takes no connections: see " + directory.resolve("mongod.log"));
    }

    static String uri(int port) {
        return "mongodb://127.0.0.1:" + port + "/";
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
    }
}
