package dev.parley.presence.recovery;

import dev.parley.presence.recovery.Arrival.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What became of the clients that came back: {@code parley.recoveries}, by outcome. */
@Component
public final class RecoveryMetrics {

    private static final String NAME = "parley.recoveries";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry meters;
    private final Counter replayed;

    RecoveryMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.replayed = meters.counter("parley.recoveries.events");
    }

    /** A client was told all that it missed. */
    public void whole(int events) {
        meters.counter(NAME, OUTCOME, "whole", "reason", "").increment();
        replayed.increment(events);
    }

    /** A client was told to reload. */
    public void none(Reason reason) {
        meters.counter(NAME, OUTCOME, "none", "reason", reason.wireName()).increment();
    }
}
