package dev.parley.platform.event;

import dev.parley.events.Event;
import dev.parley.platform.trace.TraceSpan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was read from its topic.
 *
 * @param id the same for every repetition of the event
 * @param time when it happened, by the publisher's clock
 * @param size bytes of its data in the topic
 * @param traceparent of handling it here, as {@link TraceSpan#kept}; null if it is in no trace
 */
public record ReceivedEvent(
        String id,
        Instant time,
        Event data,
        int partition,
        long offset,
        int size,
        @Nullable String traceparent) {

    /** An event that is in no trace. */
    public ReceivedEvent(String id, Instant time, Event data, int partition, long offset, int size) {
        this(id, time, data, partition, offset, size, null);
    }

    /** The same with its data in another form. */
    public ReceivedEvent with(Event other) {
        return new ReceivedEvent(id, time, other, partition, offset, size, traceparent);
    }

    ReceivedEvent handledIn(TraceSpan span) {
        return new ReceivedEvent(id, time, data, partition, offset, size, span.sampled());
    }
}
