package dev.parley.message.store;

import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * The events of a document that may not have been published yet.
 *
 * @param since a time that is not after the oldest of them
 */
public record PendingEvents(
        @Field(OutboxSource.EVENTS) @Nullable List<PendingEvent> events,
        @Field(OutboxSource.SINCE) @Nullable Instant since) {

    public static PendingEvents of(PendingEvent event) {
        return new PendingEvents(List.of(event), event.time());
    }

    static List<PendingEvent> listOf(@Nullable PendingEvents pending) {
        return pending == null || pending.events == null ? List.of() : pending.events;
    }
}
