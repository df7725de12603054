package dev.parley.platform.event;

import dev.parley.events.Event;
import java.time.Instant;

/**
 * An event as it was read from its topic.
 *
 * @param id the same for every repetition of the event
 * @param time when it happened, by the publisher's clock
 * @param size bytes of its data in the topic
 */
public record ReceivedEvent(String id, Instant time, Event data, int partition, long offset, int size) {

    /** The same with its data in another form. */
    public ReceivedEvent with(Event other) {
        return new ReceivedEvent(id, time, other, partition, offset, size);
    }
}
