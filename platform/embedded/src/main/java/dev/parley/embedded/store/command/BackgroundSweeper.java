package dev.parley.embedded.store.command;

import dev.parley.embedded.store.collection.ExpiredDocuments;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes, at intervals, cursors that nobody reads any more, and documents that have expired. */
final class BackgroundSweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackgroundSweeper.class);
    private static final int CLOSE_SECONDS = 10;

    private final OpenCursors cursors;
    private final ExpiredDocuments expiredDocuments;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(BackgroundSweeper::newThread);

    BackgroundSweeper(OpenCursors cursors, ExpiredDocuments expiredDocuments) {
        this.cursors = cursors;
        this.expiredDocuments = expiredDocuments;
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "store-expiry");
        thread.setDaemon(true);
        return thread;
    }

    void start(Duration interval) {
        long nanos = interval.toNanos();
        thread.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        try {
            cursors.dropIdle();
            expiredDocuments.remove(thread::isShutdown);
        } catch (RuntimeException e) {
            log.warn("Expired documents could not be removed; the next sweep tries again", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("A sweep for expired documents did not end within {} seconds", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
