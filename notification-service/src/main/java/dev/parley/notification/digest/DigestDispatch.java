package dev.parley.notification.digest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Looks for those who have been away for long enough, for as long as the service runs: one batch after the other. */
@Component
@Conditional(WithDigests.class)
class DigestDispatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DigestDispatch.class);

    private final AbsenceStore store;
    private final DigestSending sending;
    private final DigestSettings settings;
    private volatile @Nullable Run run;

    /** From a start to the stop that follows. */
    private static final class Run {

        private final AtomicBoolean stopping = new AtomicBoolean();
        private final Sinks.Empty<Void> stop = Sinks.empty();
        private final Sinks.Empty<Void> ended = Sinks.empty();
    }

    DigestDispatch(AbsenceStore store, DigestSending sending, DigestSettings settings) {
        this.store = store;
        this.sending = sending;
        this.settings = settings;
    }

    @Override
    public void start() {
        Run begun = new Run();
        Flux.interval(Duration.ZERO, settings.pollInterval())
                .takeUntilOther(begun.stop.asMono())
                .onBackpressureLatest()
                .concatMap(tick -> batches(begun), 0)
                .doFinally(end -> begun.ended.tryEmitEmpty())
                .subscribe();
        run = begun;
    }

    /** Until nobody is due. */
    private Mono<Void> batches(Run begun) {
        return Mono.defer(() -> begun.stopping.get() ? Mono.just(List.<Absence>of()) : store.claim())
                .delayUntil(sending::send)
                .repeat()
                .takeWhile(claimed -> !claimed.isEmpty())
                .then()
                .onErrorResume(failure -> {
                    log.warn("Nobody was looked for who has been away; that is done at the next turn", failure);
                    return Mono.empty();
                });
    }

    /** What is under way is brought to its end first. */
    @Override
    public void stop(Runnable callback) {
        Run ending = run;
        run = null;
        if (ending == null) {
            callback.run();
            return;
        }
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
        return run != null;
    }
}
