package dev.parley.platform.outbox;

import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * What the sweeper reads of a document that carries events.
 *
 * @param outboxTries how often it could not be published for what its events are; null for never
 */
record PendingDocument(
        @Id String id,
        List<PendingEvent> outbox,
        Instant outboxSince,
        @Nullable Integer outboxTries) {

    /** By key, and of one key the first event first. */
    static final Comparator<PendingDocument> IN_ORDER = Comparator.comparing(PendingDocument::key)
            .thenComparing(document -> document.first().order())
            .thenComparing(document -> document.first().id());

    private PendingEvent first() {
        return outbox.get(0);
    }

    String key() {
        return first().key();
    }

    int tries() {
        return outboxTries == null ? 0 : outboxTries;
    }
}
