package dev.parley.embedded.store.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.query.ResultStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OpenCursorsTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final OpenCursors cursors = new OpenCursors(new TestClock(), TIMEOUT);

    @Test
    void dropsACursorThatNobodyHasReadForTheTimeout() {
        long id = open(1);

        now = now.plus(TIMEOUT);
        cursors.dropIdle();
        assertThat(next(id)).hasSize(1);

        now = now.plus(TIMEOUT);
        cursors.dropIdle();
        assertThat(next(id)).hasSize(1);

        now = now.plus(TIMEOUT).plusMillis(1);
        cursors.dropIdle();
        assertThatExceptionOfType(CursorNotFoundException.class).isThrownBy(() -> next(id));
    }

    @Test
    void keepsACursorThatWasOpenedWithoutABatch() {
        long id = open(0);

        cursors.dropIdle();

        assertThat(next(id)).hasSize(1);
    }

    private long open(int batchSize) {
        Document command = new Document("find", "things").append("batchSize", batchSize);
        Document reply =
                cursors.firstBatch("test.things", new FourDocuments(), command, command, UnaryOperator.identity());
        return (Long) ((Document) reply.get("cursor")).get("id");
    }

    private List<?> next(long id) {
        Document reply = cursors.nextBatch(
                new Document("getMore", id).append("collection", "things").append("batchSize", 1));
        return (List<?>) ((Document) reply.get("cursor")).get("nextBatch");
    }

    private final class TestClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class FourDocuments implements ResultStream {

        private final Iterator<StoredDocument> documents = List.of(1, 2, 3, 4).stream()
                .map(id -> StoredDocument.of(new Document("_id", id)))
                .iterator();

        @Override
        public boolean hasNext() {
            return documents.hasNext();
        }

        @Override
        public StoredDocument next() {
            return documents.next();
        }

        @Override
        public void pause() {}

        @Override
        public void close() {}
    }
}
