package dev.parley.bench.store;

import dev.parley.bench.measure.ChildProcess;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.embedded.store.settings.SyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The embedded store in a process of its own, with its data in a folder. */
final class StoreProcess {

    private final ChildProcess process;
    private final String uri;
    private final long openMillis;

    private StoreProcess(ChildProcess process) {
        String[] parts = process.readyText().split(" ");
        this.process = process;
        this.uri = parts[0];
        this.openMillis = Long.parseLong(parts[1]);
    }

    /**
     * Serves until the process that started it ends. Arguments: the folder, the cache in MiB, the sync policy, and the port
     * (any free one).
     */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        EmbeddedStore store = EmbeddedStore.start(StoreSettings.at(Path.of(arguments[0]))
                .withCacheBytes(Long.parseLong(arguments[1]) << 20)
                .withSyncPolicy(SyncPolicy.valueOf(arguments[2]))
                .withPort(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0));
        System.out.println(ChildProcess.READY + store.uri() + " " + (System.nanoTime() - start) / 1_000_000);
        ChildProcess.serveUntilParentEnds();
    }

    static StoreProcess start(Path directory, String cacheMebibytes, String syncPolicy) throws IOException {
        return new StoreProcess(ChildProcess.java(
                List.of("-Xmx512m"), StoreProcess.class, directory.toString(), cacheMebibytes, syncPolicy));
    }

    String uri() {
        return uri;
    }

    /** How long the store took to open, without the start of the JVM. */
    long openMillis() {
        return openMillis;
    }

    long residentMebibytes() throws IOException {
        return process.residentBytes() >> 20;
    }

    /** The CPU time that the store has used so far. */
    long cpuNanos() {
        return process.cpu().toNanos();
    }

    void kill() throws InterruptedException {
        process.kill();
    }
}
