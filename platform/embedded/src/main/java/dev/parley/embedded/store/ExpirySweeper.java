package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.Finder.Query;
import dev.parley.embedded.store.Results.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes, at intervals, the documents that a TTL index says are past their time, and cursors that nobody reads. */
final class ExpirySweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ExpirySweeper.class);
    private static final int MAX_DOCUMENTS_AT_ONCE = 500;
    private static final Duration MAX_CURSOR_IDLE = Duration.ofMinutes(10);
    private static final int CLOSE_SECONDS = 10;

    private final Collections collections;
    private final Cursors cursors;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new WorkerThreads("store-expiry"));

    ExpirySweeper(Collections collections, Cursors cursors, Clock clock) {
        this.collections = collections;
        this.cursors = cursors;
        this.clock = clock;
    }

    void start(Duration interval) {
        long nanos = interval.toNanos();
        thread.scheduleWithFixedDelay(this::sweepAndLog, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void sweepAndLog() {
        try {
            sweep();
        } catch (RuntimeException e) {
            log.warn("Expired documents could not be removed; the next sweep tries again", e);
        }
    }

    void sweep() {
        cursors.dropIdle(MAX_CURSOR_IDLE);
        for (StoreCollection collection : collections.all()) {
            for (StoredIndex index : collection.table().indexes()) {
                if (index.spec().expireAfterSeconds() != null && !thread.isShutdown()) {
                    removeExpired(collection, index.spec(), index.spec().expireAfterSeconds());
                }
            }
        }
    }

    private void removeExpired(StoreCollection collection, IndexSpec spec, long afterSeconds) {
        Instant before = clock.instant().minusSeconds(afterSeconds);
        Document expired = new Document(spec.fields().get(0).path(), new Document("$lte", before));
        Document filter =
                spec.partialFilter() == null ? expired : new Document("$and", List.of(spec.partialFilter(), expired));
        Query query = new Query(filter, SortOrder.NONE, new Window(0, MAX_DOCUMENTS_AT_ONCE), spec.name());
        int removed;
        do {
            removed = Objects.requireNonNull(collection.exclusively(() -> remove(collection, query)));
        } while (removed == MAX_DOCUMENTS_AT_ONCE && !thread.isShutdown());
    }

    private static int remove(StoreCollection collection, Query query) {
        List<Document> found = new ArrayList<>();
        try (Results results = collection.finder().find(query)) {
            results.forEachRemaining(expired -> found.add(expired.document()));
        }
        found.forEach(collection.table()::delete);
        return found.size();
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("A sweep for expired documents did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
