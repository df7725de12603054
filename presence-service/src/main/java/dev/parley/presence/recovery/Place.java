package dev.parley.presence.recovery;

import dev.parley.presence.socketio.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where what is told now stands in the stream: within the record that is being handled. Of one thread at a time; what
 * other threads tell has no place.
 */
public final class Place {

    private @Nullable Thread handling;
    private @Nullable StreamOffset record;
    private int partition;

    /** A record begins to be handled by this thread. */
    public void enter(Instant time, Position position, int ofPartition) {
        record = StreamOffset.after(time, position);
        partition = ofPartition;
        handling = Thread.currentThread();
    }

    public void leave() {
        handling = null;
        record = null;
    }

    /** The event as this part of what the record causes. A part is the same whenever, and wherever, the record is handled. */
    public Event of(int part, Event event) {
        StreamOffset here = record;
        return here == null || handling != Thread.currentThread()
                ? event
                : event.at(here.part(partition, part).format());
    }
}
