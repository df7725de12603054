package dev.parley.presence.session;

import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Times the commands of clients: {@code parley.commands}, by command and outcome. */
@Component
final class CommandMetrics {

    private static final String NAME = "parley.commands";
    private static final String COMMAND = "command";
    private static final String OUTCOME = "outcome";
    private static final String CANCELLED = "cancelled";
    private static final String REFUSED = "refused";

    private final MeterRegistry meters;

    CommandMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * The outcome is {@code success}, {@code refused} (the client did something wrong, or too often), {@code failed}, or
     * {@code cancelled} (it took too long, or the client disconnected).
     */
    <T> Mono<T> time(String command, Mono<T> execution) {
        return Mono.defer(() -> {
            Timer.Sample sample = Timer.start(meters);
            AtomicReference<String> outcome = new AtomicReference<>(CANCELLED);
            return execution
                    .doOnSuccess(result -> outcome.set("success"))
                    .doOnError(failure -> outcome.set(outcomeOf(failure)))
                    .doFinally(end -> sample.stop(timer(command, Objects.requireNonNull(outcome.get()))));
        });
    }

    /** A command was refused when it arrived. */
    void refused(String command) {
        timer(command, REFUSED).record(Duration.ZERO);
    }

    private Timer timer(String command, String outcome) {
        return Timer.builder(NAME)
                .description("Time of commands of clients")
                .tags(COMMAND, command, OUTCOME, outcome)
                .register(meters);
    }

    private static String outcomeOf(Throwable failure) {
        return failure instanceof ApiException refusal && refusal.code().isRefusal() ? REFUSED : "failed";
    }
}
