package dev.parley.platform.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.platform.trace.TraceSpan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Field;
import reactor.util.context.ContextView;

/**
 * An event as it waits in the outbox of the document that it tells of.
 *
 * @param id the CloudEvents id; a consumer that saw it may skip a repetition
 * @param order the place among the events of the same key, where documents of one key have an order ({@code seq}); else 0
 * @param data the event record as JSON
 * @param traceparent of the work that wrote it, as {@link TraceSpan#kept}; null if that is in no trace
 */
public record PendingEvent(
        // Without a name of its own it would be stored as "_id", where the outbox does not look for it.
        @Field("id") String id,
        String type,
        String topic,
        String key,
        long order,
        Instant time,
        String data,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String traceparent) {

    /** The same, written by the work whose context this is, unless it is known who wrote it. */
    public PendingEvent in(ContextView context) {
        String kept = traceparent == null ? TraceSpan.kept(context) : null;
        return writtenBy(kept);
    }

    /** @param kept as {@link TraceSpan#kept} */
    public PendingEvent writtenBy(@Nullable String kept) {
        return kept == null ? this : new PendingEvent(id, type, topic, key, order, time, data, kept);
    }
}
