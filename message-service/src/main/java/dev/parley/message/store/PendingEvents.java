package dev.parley.message.store;

import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * The events of a document that may not have been published yet.
 *
 * @param since when the first of them was written here
 */
public record PendingEvents(
        @Field(OutboxSource.EVENTS) @Nullable List<PendingEvent> events,
        @Field(OutboxSource.SINCE) @Nullable Instant since) {

    /** @param events in the order in which they are published; the last is made now, the others may be older */
    public static PendingEvents of(PendingEvent... events) {
        return new PendingEvents(List.of(events), events[events.length - 1].time());
    }

    /** The events that stand on a document, of which nothing else has to be read. */
    static List<PendingEvent> of(Document document, MongoConverter converter) {
        return document.getList(OutboxSource.EVENTS, Document.class, List.of()).stream()
                .map(event -> converter.read(PendingEvent.class, event))
                .toList();
    }

    static List<PendingEvent> listOf(@Nullable PendingEvents pending) {
        return pending == null || pending.events == null ? List.of() : pending.events;
    }
}
