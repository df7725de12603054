package dev.parley.platform.job;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Something that is done at the start and then at intervals, never twice at a time. What fails is done again at the next turn. Declared as
 * a bean, made by {@link RecurringJobs}.
 */
public final class RecurringJob implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RecurringJob.class);

    private final String name;
    private final Duration first;
    private final Duration interval;
    private final Mono<?> work;
    private final @Nullable Leadership leadership;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile Disposable running = Disposables.disposed();

    /**
     * @param first how long before the first turn
     * @param leadership null if each instance does it
     */
    RecurringJob(String name, Duration first, Duration interval, Mono<?> work, @Nullable Leadership leadership) {
        this.name = name;
        this.first = first;
        this.interval = interval;
        this.work = work;
        this.leadership = leadership;
    }

    @Override
    public void start() {
        running = leadership == null
                ? turns(work).subscribe()
                : leadership
                        .terms()
                        .switchMap(term -> turns(term.bound(work)).takeUntilOther(term.over()))
                        .subscribe();
    }

    private Flux<?> turns(Mono<?> turn) {
        return Flux.interval(first, interval)
                .onBackpressureDrop()
                .concatMap(
                        tick -> turn.then()
                                .doOnSuccess(done -> failing.set(false))
                                .onErrorResume(failure -> {
                                    if (failing.compareAndSet(false, true)) {
                                        log.warn("Not done: {}. It is tried again until it is", name, failure);
                                    }
                                    return Mono.empty();
                                }),
                        0);
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
