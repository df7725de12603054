package dev.parley.presence.stream;

import dev.parley.events.ConversationEvent;
import java.time.Instant;

/**
 * An event that happened of late.
 *
 * @param number its place in the order in which this node handled events
 * @param happened when it became known here; when it was published, where this node read it only after its start
 * @param handledAt when this node handled it
 * @param position where this node stood then, the event included
 * @param bytes what it is taken to occupy
 */
public record RecentEvent(
        long number,
        Instant happened,
        Instant handledAt,
        ConversationEvent event,
        int partition,
        long offset,
        StreamPosition position,
        long bytes) {

    /** Whether somebody who stands there may not have been told all of it. */
    boolean isMissing(StreamOffset from) {
        return offset > from.position().at(partition) || isBegun(from);
    }

    /** Whether somebody who stands there stands within it. */
    public boolean isBegun(StreamOffset from) {
        StreamOffset.Part within = from.within();
        return within != null
                && within.partition() == partition
                && from.position().at(partition) == offset;
    }
}
