package dev.parley.platform.job;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The time in which this instance does the jobs of its group. It ends by this instance's own clock, before another can begin: so an
 * instance that was paused, or that does not reach the store, knows by itself that its time is over.
 */
public final class Term {

    /** A step was not done because another instance may do it by now. */
    public static final class OverException extends RuntimeException {

        private OverException(long number) {
            super("The term " + number + " of this instance is over", null, false, false);
        }
    }

    private final Lease lease;
    private final LongSupplier clock;
    private final Scheduler scheduler;
    private final Disposable.Swap end = Disposables.swap();
    private final Sinks.Empty<Void> over = Sinks.empty();
    private volatile long until;

    /** @param until by the clock, in nanoseconds */
    Term(Lease lease, long until, LongSupplier clock, Scheduler scheduler) {
        this.lease = lease;
        this.clock = clock;
        this.scheduler = scheduler;
        extend(until);
    }

    Lease lease() {
        return lease;
    }

    /** Each term of a group has a greater number than the ones before. */
    long number() {
        return lease.term();
    }

    public boolean isCurrent() {
        return until - clock.getAsLong() > 0;
    }

    /** Completes when it is over. */
    Mono<Void> over() {
        return over.asMono();
    }

    void extend(long later) {
        until = later;
        Duration left = Duration.ofNanos(Math.max(0, later - clock.getAsLong()));
        end.update(scheduler.schedule(this::endIfOver, left.toMillis() + 1, TimeUnit.MILLISECONDS));
    }

    private void endIfOver() {
        if (!isCurrent()) {
            end();
        }
    }

    void end() {
        until = clock.getAsLong();
        end.dispose();
        over.tryEmitEmpty();
    }

    /** What a job does in this term: it is cancelled when the term is over, and each {@link #step} of it looks whether it is. */
    <T> Mono<T> bound(Mono<T> work) {
        return step(work)
                .onErrorComplete(OverException.class)
                .takeUntilOther(over())
                .contextWrite(context -> context.put(Term.class, this));
    }

    /**
     * One step of a job, such as one write. It is not done if the job belongs to a term that is over: between two steps an instance
     * may be paused for long. A step that is not part of such a job is done.
     */
    public static <T> Mono<T> step(Mono<T> step) {
        return Mono.deferContextual(context -> {
            Term term = context.getOrDefault(Term.class, null);
            return term == null || term.isCurrent() ? step : Mono.error(new OverException(term.number()));
        });
    }
}
