package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Sends pushes for as long as the service runs, by each provider for itself: one that is away or slow holds up no other. When the
 * service stops, what was sent is noted, and what was claimed but not sent is given back.
 */
@Component
class PushDelivery implements SmartLifecycle {

    /** How often is counted for the metrics. */
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(5);

    private final ProviderDeliveries deliveries;
    private final PushStore store;
    private final PushWakeups wakeups;
    private final DeliverySettings settings;
    private final PushMetrics metrics;
    private Run run = new Run();

    PushDelivery(
            ProviderDeliveries deliveries,
            PushStore store,
            PushWakeups wakeups,
            DeliverySettings settings,
            PushMetrics metrics) {
        this.deliveries = deliveries;
        this.store = store;
        this.wakeups = wakeups;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** From a start to the stop that follows. */
    private static final class Run {

        private final AtomicBoolean stopping = new AtomicBoolean();
        private final Sinks.Empty<Void> stop = Sinks.empty();
        private final Sinks.Empty<Void> ended = Sinks.empty();
        private Disposable counting = Disposables.disposed();
        private boolean begun;
    }

    @Override
    public void start() {
        Run begun = new Run();
        begun.begun = true;
        List<ProviderDelivery> all = deliveries.all(begun.stopping::get);
        Flux.fromIterable(all)
                .flatMap(delivery -> delivery.run(ticks(delivery.provider(), begun)), all.size())
                .doFinally(end -> begun.ended.tryEmitEmpty())
                .subscribe();
        begun.counting = Flux.interval(COUNT_INTERVAL)
                .onBackpressureDrop()
                .concatMap(tick -> count(), 0)
                .subscribe();
        run = begun;
    }

    private Flux<?> ticks(ProviderName provider, Run begun) {
        Flux<Long> looks = Flux.interval(Duration.ZERO, settings.pollInterval()).onBackpressureDrop();
        return Flux.merge(wakeups.of(provider), looks).takeUntilOther(begun.stop.asMono());
    }

    private Mono<Void> count() {
        return Flux.fromArray(ProviderName.values())
                .concatMap(provider -> Mono.zip(
                                store.waiting(provider, settings.maxCounted()),
                                store.dueSince(provider).defaultIfEmpty(Instant.MAX))
                        .doOnNext(found -> metrics.queue(provider, found.getT1(), age(found.getT2()))))
                .then()
                // What is measured is measured again soon.
                .onErrorComplete();
    }

    private static Duration age(Instant dueSince) {
        Instant now = Instant.now();
        return dueSince.isBefore(now) ? Duration.between(dueSince, now) : Duration.ZERO;
    }

    @Override
    public void stop(Runnable callback) {
        Run ending = run;
        run = new Run();
        if (!ending.begun) {
            callback.run();
            return;
        }
        ending.counting.dispose();
        ending.stopping.set(true);
        ending.stop.tryEmitEmpty();
        ending.ended.asMono().doFinally(end -> callback.run()).subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return run.begun;
    }
}
