package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The cursors that clients have open: answers with a first batch, and with the rest when it is asked for. */
final class Cursors {

    private static final int DEFAULT_FIRST_BATCH = 101;

    private final Clock clock;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, StoreCursor> open = new ConcurrentHashMap<>();

    Cursors(Clock clock) {
        this.clock = clock;
    }

    Document firstBatch(
            String namespace,
            ResultStream results,
            Document command,
            Document cursorOptions,
            UnaryOperator<List<StoredDocument>> projection) {
        StoreCursor cursor = new StoreCursor(namespace, results, projection);
        boolean only = Boolean.TRUE.equals(command.get("singleBatch"));
        int batchSize = cursorOptions.get("batchSize") instanceof Number size ? size.intValue() : DEFAULT_FIRST_BATCH;
        // A batch of none is a client's way to open a cursor and no more.
        List<StoredDocument> first = batchSize == 0 ? List.of() : cursor.take(batchSize, clock.instant());
        if (only || !cursor.hasMore()) {
            return Replies.batch("firstBatch", namespace, first, 0);
        }
        long id = lastId.incrementAndGet();
        open.put(id, cursor);
        return Replies.batch("firstBatch", namespace, first, id);
    }

    Document nextBatch(Document command) {
        long id = Arguments.number(command.get("getMore"));
        StoreCursor cursor = open.get(id);
        if (cursor == null) {
            throw new CursorNotFoundException(id);
        }
        List<StoredDocument> next = cursor.take((int) Arguments.number(command.get("batchSize")), clock.instant());
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
            (open.remove(Arguments.number(id)) == null ? unknown : killed).add(id);
        }
        return Replies.ok(new Document("cursorsKilled", killed)
                .append("cursorsNotFound", unknown)
                .append("cursorsAlive", List.of())
                .append("cursorsUnknown", List.of()));
    }

    void dropIdle(Duration longest) {
        Instant before = clock.instant().minus(longest);
        open.values().removeIf(cursor -> cursor.lastUsed().isBefore(before));
    }

    int size() {
        return open.size();
    }
}
