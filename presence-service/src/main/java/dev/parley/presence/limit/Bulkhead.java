package dev.parley.presence.limit;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Runs a limited number of actions at a time; the others wait, first come, first served. Safe for any thread. */
public final class Bulkhead {

    private static final class Waiter {

        private final Sinks.Empty<Void> permit = Sinks.empty();
        private boolean running;
    }

    // Guarded by this.
    private int free;
    private final Set<Waiter> waiting = new LinkedHashSet<>();

    public Bulkhead(int maxConcurrent) {
        this.free = maxConcurrent;
    }

    /** Runs an action as soon as there is room. A waiting action that is cancelled gives up its place. */
    public <T> Mono<T> run(Mono<T> action) {
        return Mono.defer(() -> {
            Waiter waiter = new Waiter();
            return begin(waiter).then(action).doFinally(end -> end(waiter));
        });
    }

    private synchronized Mono<Void> begin(Waiter waiter) {
        if (free == 0) {
            waiting.add(waiter);
            // On another thread than that of the action that ended, which would otherwise run one waiting action after
            // another.
            return waiter.permit.asMono().publishOn(Schedulers.parallel());
        }
        free--;
        waiter.running = true;
        return Mono.empty();
    }

    private void end(Waiter waiter) {
        Waiter next = next(waiter);
        if (next != null) {
            next.permit.tryEmitEmpty();
        }
    }

    private synchronized @Nullable Waiter next(Waiter ended) {
        if (!ended.running) {
            waiting.remove(ended);
            return null;
        }
        if (waiting.isEmpty()) {
            free++;
            return null;
        }
        Waiter next = waiting.iterator().next();
        waiting.remove(next);
        next.running = true;
        return next;
    }
}
