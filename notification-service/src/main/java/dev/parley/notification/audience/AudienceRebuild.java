package dev.parley.notification.audience;

import dev.parley.notification.audience.RebuildState.Phase;
import dev.parley.platform.id.Ids;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Copies everything that conversation-service knows: at the first start, and whenever it is told to. One instance does it, page
 * by page, and another goes on if it dies. Events are applied meanwhile, and questions are answered by what is known; only
 * before everything was copied for the first time they wait.
 */
@Component
final class AudienceRebuild implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AudienceRebuild.class);

    private final RebuildStore states;
    private final AudienceCopy copy;
    private final AudienceReadiness readiness;
    private final AudienceSettings settings;
    private final String ownId = Ids.next();
    private final AtomicBoolean checking = new AtomicBoolean();
    private final AtomicBoolean failing = new AtomicBoolean();
    private @Nullable Disposable checks;

    AudienceRebuild(RebuildStore states, AudienceCopy copy, AudienceReadiness readiness, AudienceSettings settings) {
        this.states = states;
        this.copy = copy;
        this.readiness = readiness;
        this.settings = settings;
    }

    @Override
    public void start() {
        Mono<?> first = settings.rebuildOnStart() ? states.restart() : Mono.empty();
        AtomicBoolean started = new AtomicBoolean();
        checks = Schedulers.parallel()
                .schedulePeriodically(
                        () -> check(started.get() ? Mono.empty() : first.doOnSuccess(done -> started.set(true))),
                        0,
                        settings.checkInterval().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** One check at a time. What fails is tried again by the next one. */
    private void check(Mono<?> before) {
        if (checking.compareAndSet(false, true)) {
            before.then(check())
                    .doFinally(end -> checking.set(false))
                    .subscribe(nothing -> {}, this::failed, () -> failing.set(false));
        }
    }

    private void failed(Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            log.warn("The audience was not copied, trying again until it is: {}", failure.toString());
        }
    }

    private Mono<Void> check() {
        return states.read()
                .flatMap(state -> {
                    if (state.completeSince() != null) {
                        readiness.complete();
                    }
                    return state.phase() == Phase.DONE ? Mono.empty() : states.hold(ownId);
                })
                .flatMap(this::copyAll);
    }

    private Mono<Void> copyAll(RebuildState held) {
        return Mono.just(held)
                .expand(state -> state.phase() == Phase.DONE ? Mono.empty() : next(state))
                .last()
                .filter(state -> state.phase() == Phase.DONE)
                .doOnNext(done -> {
                    log.info("Copied {} conversations and {} members", done.conversations(), done.members());
                    readiness.complete();
                })
                .onErrorResume(failure -> states.release(held).then(Mono.error(failure)))
                .then();
    }

    /** @return empty if another goes on */
    private Mono<RebuildState> next(RebuildState state) {
        Mono<AudienceCopy.Portion> portion =
                state.phase() == Phase.CONVERSATIONS ? copy.conversations(state.after()) : copy.members(state.after());
        return portion.flatMap(copied -> states.advance(state, copied));
    }

    @Override
    public void stop() {
        Disposable running = checks;
        if (running != null) {
            running.dispose();
            checks = null;
        }
    }

    @Override
    public boolean isRunning() {
        return checks != null;
    }
}
