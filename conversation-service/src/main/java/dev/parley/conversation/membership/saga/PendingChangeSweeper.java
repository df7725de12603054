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

/** Ends the changes of memberships that a crash or an error left: at start, and then at intervals. */
@Component
final class PendingChangeSweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PendingChangeSweeper.class);

    private final PendingChangeStore store;
    private final MembershipSaga saga;
    private final MembershipChangeSettings settings;
    private Disposable sweeping = Disposables.disposed();

    PendingChangeSweeper(PendingChangeStore store, MembershipSaga saga, MembershipChangeSettings settings) {
        this.store = store;
        this.saga = saga;
        this.settings = settings;
    }

    /** Ends what was noted longer ago than the given age. What cannot be ended holds up nothing else. */
    Mono<Void> sweep(Duration age) {
        return store.olderThan(Instant.now().minus(age), settings.sweepBatch())
                .concatMap(conversation -> saga.complete(conversation).onErrorResume(failure -> {
                    log.warn("The membership of {} is still in a change", conversation.id(), failure);
                    return Mono.empty();
                }))
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
                    log.warn("No changes of memberships were swept; they will be at the next turn", failure);
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
