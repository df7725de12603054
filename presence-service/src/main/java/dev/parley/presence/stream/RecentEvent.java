package dev.parley.presence.stream;

import dev.parley.events.ConversationEvent;
import java.time.Instant;

/**
 * A recent event.
 *
 * @param number counts the events in the order in which this node handled them
 * @param knownAt when this node handled it; when it was published, if that was before this node started
 * @param position how far this node had read then, including this event
 * @param bytes the memory that it is estimated to take
 */
public record RecentEvent(
        long number,
        Instant knownAt,
        ConversationEvent event,
        int partition,
        long offset,
        StreamPosition position,
        long bytes) {

    /** Whether a device at this offset may not have received the whole event. */
    boolean isMissedBy(StreamOffset from) {
        return isAfter(from) || isPartlySentTo(from);
    }

    /** Whether a device at this offset has received nothing of the event. */
    boolean isAfter(StreamOffset from) {
        return offset > from.position().at(partition);
    }

    /** Whether a device at this offset has received some parts of the event. */
    public boolean isPartlySentTo(StreamOffset from) {
        StreamOffset.Part part = from.part();
        return part != null && part.partition() == partition && from.position().at(partition) == offset;
    }
}
