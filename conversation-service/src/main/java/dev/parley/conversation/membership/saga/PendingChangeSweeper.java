package dev.parley.conversation.membership.saga;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Completes the membership changes that a crash or an error left: at the start, and then at intervals. */
@Component
final class PendingChangeSweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PendingChangeSweeper.class);

    private final PendingChangeStore store;
    private final MembershipSaga saga;
    private final MembershipChangeSettings settings;
    private final PendingChangeMetrics metrics;
    private Disposable sweeping = Disposables.disposed();

    PendingChangeSweeper(
            PendingChangeStore store,
            MembershipSaga saga,
            MembershipChangeSettings settings,
            PendingChangeMetrics metrics) {
        this.store = store;
        this.saga = saga;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Completes the changes that were begun longer ago than the given age. One that fails holds up no other. */
    Mono<Void> sweep(Duration age) {
        return store.olderThan(Instant.now().minus(age), settings.sweepBatch())
                .concatMap(conversation -> saga.complete(conversation)
                        .doOnNext(completed -> metrics.swept())
                        .onErrorResume(failure -> {
                            metrics.failed();
                            log.warn(
                                    "The membership change of conversation {} could not be completed",
                                    conversation.id(),
                                    failure);
                            return Mono.empty();
                        }))
                .then(store.underWay())
                .doOnNext(metrics::sampled)
                .then();
    }

    @Override
    public void start() {
        sweeping = Flux.concat(
                        Flux.just(Duration.ZERO),
                        Flux.interval(settings.sweepInterval())
                                .onBackpressureDrop()
                                .map(tick -> settings.sweepAge()))
                .concatMap(age -> sweep(age).onErrorResume(failure -> {
                    log.warn(
                            "Membership changes that were left could not be looked for; the sweeper tries again",
                            failure);
                    return Mono.empty();
                }))
                .subscribe();
    }

    @Override
    public void stop() {
        sweeping.dispose();
    }

    @Override
    public boolean isRunning() {
        return !sweeping.isDisposed();
    }
}
