package dev.parley.presence.surface;

import dev.parley.events.Event;
import dev.parley.events.EventCatalogue;
import dev.parley.platform.trace.TraceSpan;
import dev.parley.platform.trace.Tracing;
import dev.parley.presence.device.Device;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How an event is sent to the devices of this node, as its trace shows it. Used by the thread that handles the event. */
public final class FanoutTrace {

    /** Of an event that is in no trace. */
    public static final FanoutTrace NONE = new FanoutTrace(Tracing.off(), TraceSpan.NONE);

    /** An event to a large group would fill the exporter; of more devices only the number is shown. */
    private static final int MAX_SHOWN = 100;

    private final Tracing tracing;
    private final TraceSpan fanout;
    private long devices;

    private FanoutTrace(Tracing tracing, TraceSpan fanout) {
        this.tracing = tracing;
        this.fanout = fanout;
    }

    /** @param kept of the event's trace; null if it is in none */
    public static FanoutTrace of(Tracing tracing, Event event, @Nullable String kept) {
        return kept == null || !tracing.isOn()
                ? NONE
                : new FanoutTrace(
                        tracing,
                        tracing.part("fan-out " + EventCatalogue.of(event).type(), kept));
    }

    /** Begins the span of writing to a device; null if there is none. */
    @Nullable Function<Device, TraceSpan> writes() {
        return this == NONE ? null : this::write;
    }

    private TraceSpan write(Device device) {
        return ++devices > MAX_SHOWN
                ? TraceSpan.NONE
                : tracing.part("write", fanout)
                        .with("parley.user.id", device.user().id())
                        .with("parley.socket.id", device.id());
    }

    /** Everything is written or dropped. */
    public void end() {
        fanout.with("parley.devices", devices).end();
    }
}
