package dev.parley.platform.metrics;

import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.publisher.Mono;

/**
 * Times work from the subscription to its end, with a tag {@code outcome}: {@code ok}; {@code refused}, if the request was
 * at fault; {@code failed}, if this service or another one was; {@code aborted}, if nobody waited for the end.
 */
public final class OutcomeTimer {

    private final Timer ok;
    private final Timer refused;
    private final Timer failed;
    private final Timer aborted;

    /** @param tags that the timers have beside the outcome, as names and values in turn */
    public OutcomeTimer(MeterRegistry meters, String name, String description, String... tags) {
        this.ok = timer(meters, name, description, "ok", tags);
        this.refused = timer(meters, name, description, "refused", tags);
        this.failed = timer(meters, name, description, "failed", tags);
        this.aborted = timer(meters, name, description, "aborted", tags);
    }

    private static Timer timer(MeterRegistry meters, String name, String description, String outcome, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(Tags.of(tags).and("outcome", outcome))
                .publishPercentileHistogram()
                .register(meters);
    }

    public <T> Mono<T> time(Mono<T> work) {
        return time(work, refusal -> {});
    }

    /** @param onRefused is told of each refusal */
    public <T> Mono<T> time(Mono<T> work, Consumer<ApiException> onRefused) {
        return work.tap(() -> new Listener<>(onRefused));
    }

    private final class Listener<T> extends DefaultSignalListener<T> {

        private final long begun = System.nanoTime();
        private final Consumer<ApiException> onRefused;

        Listener(Consumer<ApiException> onRefused) {
            this.onRefused = onRefused;
        }

        @Override
        public void doOnComplete() {
            record(ok);
        }

        @Override
        public void doOnError(Throwable failure) {
            if (failure instanceof ApiException refusal && refusal.code().isRefusal()) {
                record(refused);
                onRefused.accept(refusal);
            } else {
                record(failed);
            }
        }

        @Override
        public void doOnCancel() {
            record(aborted);
        }

        private void record(Timer timer) {
            timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }
}
