package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.query.ResultStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The cursors that clients have open. A reply holds a first batch; the client asks for the next ones by the cursor's id. */
final class OpenCursors {

    private static final int DEFAULT_FIRST_BATCH = 101;

    private final Clock clock;
    private final Duration idleTimeout;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, StoreCursor> open = new ConcurrentHashMap<>();

    /** @param idleTimeout the time after which {@link #dropIdle} drops a cursor that nobody has read */
    OpenCursors(Clock clock, Duration idleTimeout) {
        this.clock = clock;
        this.idleTimeout = idleTimeout;
    }

    Document firstBatch(
            String namespace,
            ResultStream results,
            Document command,
            Document cursorOptions,
            UnaryOperator<List<StoredDocument>> projection) {
        StoreCursor cursor = new StoreCursor(namespace, results, projection, clock.instant());
        boolean singleBatch = Boolean.TRUE.equals(command.get("singleBatch"));
        int batchSize = cursorOptions.get("batchSize") instanceof Number size ? size.intValue() : DEFAULT_FIRST_BATCH;
        // With a batch size of 0 a client only opens the cursor.
        List<StoredDocument> first = batchSize == 0 ? List.of() : cursor.take(batchSize, clock.instant());
        if (singleBatch || !cursor.hasMore()) {
            return Replies.batch("firstBatch", namespace, first, 0);
        }
        long id = lastId.incrementAndGet();
        open.put(id, cursor);
        return Replies.batch("firstBatch", namespace, first, id);
    }

    Document nextBatch(Document command) {
        long id = CommandArguments.number(command.get("getMore"));
        StoreCursor cursor = open.get(id);
        if (cursor == null) {
            throw new CursorNotFoundException(id);
        }
        List<StoredDocument> next =
                cursor.take((int) CommandArguments.number(command.get("batchSize")), clock.instant());
        if (cursor.hasMore()) {
            return Replies.batch("nextBatch", cursor.namespace(), next, id);
        }
        open.remove(id);
        return Replies.batch("nextBatch", cursor.namespace(), next, 0);
    }

    Document kill(Document command) {
        List<Object> killed = new ArrayList<>();
        List<Object> unknown = new ArrayList<>();
        for (Object id : (List<?>) command.getOrDefault("cursors", List.of())) {
            (open.remove(CommandArguments.number(id)) == null ? unknown : killed).add(id);
        }
        return Replies.ok(new Document("cursorsKilled", killed)
                .append("cursorsNotFound", unknown)
                .append("cursorsAlive", List.of())
                .append("cursorsUnknown", List.of()));
    }

    void dropIdle() {
        Instant before = clock.instant().minus(idleTimeout);
        open.values().removeIf(cursor -> cursor.lastUsed().isBefore(before));
    }
}
