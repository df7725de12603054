package dev.parley.platform.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Has one of the instances of a group lead: the one that holds the lease. It renews the lease; when the others have seen no
 * renewal for as long as the lease lasts, one of them takes it, and the one before has stopped by then, even if it was paused or
 * does not reach the store. No clock is compared with another. An instance that stops gives the lease back, so that nobody waits.
 *
 * <p>While the store is away nobody leads: no job is worth being done twice, and none of them gets far without the store.
 */
public final class Leadership implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    private static final int RENEWALS_OF_LEASE = 5;

    /** The part of the lease that the holder counts on: its clock may be so much slower than the others'. */
    private static final double COUNTED_ON = 0.9;

    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(1);

    /** Stops after the jobs, and long before the store's client. */
    private static final int PHASE = DEFAULT_PHASE - 1;

    /** @param since by the own clock, in nanoseconds */
    private record Seen(Lease lease, long since) {}

    private final LeaseStore store;
    private final String holder;
    private final Duration lease;
    private final LongSupplier clock;
    private final Scheduler scheduler;
    private final Sinks.Many<Term> terms = Sinks.many().replay().latest();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Disposable campaign = Disposables.disposed();
    private volatile boolean started;
    private volatile @Nullable Term current;
    private volatile @Nullable Seen seen;

    /**
     * @param holder names this instance
     * @param clock in nanoseconds, of any origin; never goes back
     */
    Leadership(LeaseStore store, String holder, Duration lease, LongSupplier clock, Scheduler scheduler) {
        this.store = store;
        this.holder = holder;
        this.lease = lease;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    public boolean leads() {
        Term term = current;
        return term != null && term.isCurrent();
    }

    /** The terms of this instance, one after the other. An instance for whose terms nobody asks does not want to lead. */
    Flux<Term> terms() {
        return Flux.defer(() -> {
            if (begun.compareAndSet(false, true)) {
                campaign = Flux.interval(Duration.ZERO, lease.dividedBy(RENEWALS_OF_LEASE), scheduler)
                        .onBackpressureDrop()
                        .concatMap(tick -> turn(), 0)
                        .subscribe();
            }
            return terms.asFlux().filter(Term::isCurrent);
        });
    }

    private Mono<Void> turn() {
        Term term = current;
        Mono<Void> turn = term != null && term.isCurrent() ? renewed(term) : taken();
        return turn.doOnSuccess(done -> failing.set(false)).onErrorResume(failure -> {
            if (failing.compareAndSet(false, true)) {
                log.warn("Who leads cannot be told; it is tried again: {}", failure.toString());
            }
            return Mono.empty();
        });
    }

    /** From when it was asked for: the store may have noted it at any time since. */
    private long until(long asked) {
        return asked + (long) (lease.toNanos() * COUNTED_ON);
    }

    private Mono<Void> renewed(Term term) {
        long asked = clock.getAsLong();
        return store.renew(term.lease())
                .doOnNext(renewed -> {
                    if (renewed) {
                        term.extend(until(asked));
                    } else {
                        log.warn("Another instance leads by now");
                        term.end();
                    }
                })
                .then();
    }

    private Mono<Void> taken() {
        long asked = clock.getAsLong();
        return store.read()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(found -> found.isEmpty()
                        ? store.create(holder)
                        : isFree(found.get()) ? store.take(found.get(), holder) : Mono.empty())
                .doOnNext(taken -> begin(new Term(taken, until(asked), clock, scheduler)))
                .then();
    }

    /** What is this instance's own is free, too: it has lost count of it, or was not told that it has it. */
    private boolean isFree(Lease found) {
        if (found.holder() == null || holder.equals(found.holder())) {
            return true;
        }
        Seen before = seen;
        long now = clock.getAsLong();
        if (before == null || !before.lease().equals(found)) {
            seen = new Seen(found, now);
            return false;
        }
        return now - before.since() >= lease.toNanos();
    }

    private void begin(Term term) {
        current = term;
        log.info("This instance leads from now on (term {})", term.number());
        terms.tryEmitNext(term);
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void stop(Runnable callback) {
        started = false;
        campaign.dispose();
        begun.set(false);
        Term term = current;
        current = null;
        if (term == null || !term.isCurrent()) {
            callback.run();
            return;
        }
        term.end();
        store.release(term.lease())
                .timeout(LONGEST_RELEASE)
                // The others wait until it ends.
                .onErrorComplete()
                .doFinally(end -> callback.run())
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
