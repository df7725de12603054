package dev.parley.embedded.store;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The threads that do the work. Who writes may wait for the disk, so who reads has threads of their own. */
final class Workers implements AutoCloseable {

    /** Requests of either kind worked on at a time; a connection has one at a time, so more connections wait. */
    static final int MAX_CONCURRENT_REQUESTS = 32;

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

    private final ExecutorService readers = threads("store-read");
    private final ExecutorService writers = threads("store-write");

    private static ExecutorService threads(String name) {
        return Executors.newFixedThreadPool(MAX_CONCURRENT_REQUESTS, new WorkerThreads(name));
    }

    Executor forCommand(String command) {
        return WRITES.contains(command.toLowerCase(Locale.ROOT)) ? writers : readers;
    }

    /** Returns when nobody works any more: a request in native code must not see the files go. */
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
