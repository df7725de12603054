package dev.parley.presence.session;

import dev.parley.presence.surface.ResyncReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts the clients that reconnected, by outcome: {@code parley.recoveries}. */
@Component
final class RecoveryMetrics {

    private static final String NAME = "parley.recoveries";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry meters;
    private final Counter replayed;

    RecoveryMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.replayed = meters.counter("parley.recoveries.events");
    }

    /** A device was sent everything that it missed. */
    void recovered(int events) {
        meters.counter(NAME, OUTCOME, "whole", "reason", "").increment();
        replayed.increment(events);
    }

    /** A device must reload. */
    void unrecovered(ResyncReason reason) {
        meters.counter(NAME, OUTCOME, "none", "reason", reason.wireName()).increment();
    }
}
