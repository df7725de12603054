package dev.parley.presence.session;

import dev.parley.presence.surface.ResyncReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts the clients that reconnected, by outcome: {@code parley.recoveries}. */
@Component
final class RecoveryMetrics {

    private static final String NAME = "parley.recoveries";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry meters;
    private final Counter replayed;
    private final AtomicInteger running = new AtomicInteger();

    RecoveryMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.replayed = Counter.builder("parley.recoveries.events")
                .description("Events that were sent again to clients that reconnected")
                .register(meters);
        Gauge.builder("parley.replays.running", running, AtomicInteger::get)
                .description("Replays that run now")
                .register(meters);
    }

    /** A device was sent everything that it missed. */
    void recovered(int events) {
        recoveries("whole", "").increment();
        replayed.increment(events);
    }

    /** A device must reload. */
    void unrecovered(ResyncReason reason) {
        recoveries("none", reason.wireName()).increment();
    }

    private Counter recoveries(String outcome, String reason) {
        return Counter.builder(NAME)
                .description("Clients that reconnected: everything was sent again, or none of it and why")
                .tags(OUTCOME, outcome, "reason", reason)
                .register(meters);
    }

    /** Times a replay: {@code parley.replays}, by outcome, and {@code parley.replays.running}. */
    Mono<Void> time(Mono<Void> replay) {
        return Mono.defer(() -> {
            Timer.Sample sample = Timer.start(meters);
            AtomicReference<String> outcome = new AtomicReference<>("cancelled");
            running.incrementAndGet();
            return replay.doOnSuccess(sent -> outcome.set("whole"))
                    .doOnError(failure -> outcome.set(failure instanceof TimeoutException ? "stalled" : "failed"))
                    .doFinally(end -> {
                        running.decrementAndGet();
                        sample.stop(Timer.builder("parley.replays")
                                .description("Time of replays of missed events")
                                .tag(OUTCOME, Objects.requireNonNull(outcome.get()))
                                .register(meters));
                    });
        });
    }
}
