package dev.parley.embedded.store.protocol;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The threads that carry out commands. Writes may wait for the disk, so reads have threads of their own. */
final class RequestExecutors implements AutoCloseable {

    private static final int CLOSE_SECONDS = 10;
    private static final Set<String> WRITES = Set.of(
            "insert",
            "update",
            "delete",
            "findandmodify",
            "create",
            "drop",
            "createindexes",
            "dropindexes",
            "dropdatabase");

    private final ExecutorService readers;
    private final ExecutorService writers;

    /** @param maxConcurrentRequests how many reads, and how many writes, run at a time; others wait */
    RequestExecutors(int maxConcurrentRequests) {
        this.readers = Executors.newFixedThreadPool(maxConcurrentRequests, new NamedThreadFactory("store-read"));
        this.writers = Executors.newFixedThreadPool(maxConcurrentRequests, new NamedThreadFactory("store-write"));
    }

    Executor forCommand(String command) {
        return WRITES.contains(command.toLowerCase(Locale.ROOT)) ? writers : readers;
    }

    /** Returns when all requests have ended: the files must not be closed while native code still uses them. */
    @Override
    public void close() {
        readers.shutdown();
        writers.shutdown();
        try {
            await(readers);
            await(writers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(ExecutorService threads) throws InterruptedException {
        while (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
