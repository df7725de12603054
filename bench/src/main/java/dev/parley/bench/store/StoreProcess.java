package dev.parley.bench.store;

import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.embedded.store.settings.SyncPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** The store in a process of its own, so that its memory is its own and a kill is a kill. */
final class StoreProcess {

    private static final String READY = "ready ";

    private final Process process;
    private final String uri;
    private final long openMillis;

    private StoreProcess(Process process, String uri, long openMillis) {
        this.process = process;
        this.uri = uri;
        this.openMillis = openMillis;
    }

    /** What the process runs; it ends with its parent. */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        EmbeddedStore store = EmbeddedStore.start(StoreSettings.at(Path.of(arguments[0]))
                .withCacheBytes(Long.parseLong(arguments[1]) << 20)
                .withSyncPolicy(SyncPolicy.valueOf(arguments[2]))
                .withPort(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0));
        System.out.println(READY + store.uri() + " " + (System.nanoTime() - start) / 1_000_000);
        while (System.in.read() >= 0) {
            // Nobody writes; the end of the stream is the end of the parent.
        }
        Runtime.getRuntime().halt(0);
    }

    static StoreProcess start(Path directory, String cacheMebibytes, String syncPolicy) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        directory.toString(),
                        cacheMebibytes,
                        syncPolicy)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null || !line.startsWith(READY)) {
            throw new IOException("The store did not start: " + line);
        }
        String[] parts = line.split(" ");
        return new StoreProcess(process, parts[1], Long.parseLong(parts[2]));
    }

    String uri() {
        return uri;
    }

    long openMillis() {
        return openMillis;
    }

    long residentMebibytes() throws IOException {
        return Machine.residentMebibytes(process.pid());
    }

    /** The CPU time that the store has used so far, in nanoseconds. */
    long cpuNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
