package dev.parley.message.send;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.metrics.OutcomeTimer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Measures sends: how long it takes until a message is stored and until its sender is answered, with the outcome, and why
 * sends are refused.
 */
@Component
public final class SendMetrics {

    private static final String SEND = "parley.messages.send";
    private static final String DESCRIPTION = "From when a message was received until it was stored, or answered";

    private final MeterRegistry meters;
    private final OutcomeTimer stored;
    private final OutcomeTimer answered;

    SendMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.stored = new OutcomeTimer(meters, SEND, DESCRIPTION, "stage", "stored");
        this.answered = new OutcomeTimer(meters, SEND, DESCRIPTION, "stage", "answered");
    }

    /** Every client surface passes what it sends through here. */
    public <T> Mono<T> stored(Mono<T> message) {
        return stored.time(message);
    }

    /** Every client surface passes its answers through here. Counts those that are refusals. */
    public <T> Mono<T> answered(Mono<T> answer) {
        return answered.time(answer, this::refused);
    }

    private void refused(ApiException refusal) {
        Counter.builder("parley.messages.refused")
                .description("Messages that were not sent, by the error code that the client got")
                .tag("reason", refusal.code().code())
                .register(meters)
                .increment();
    }
}
