package dev.parley.presence.limit;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Runs a limited number of actions at a time; the others wait, in the order in which they came. Any thread. */
public final class Bulkhead {

    private static final class Turn {

        private final Sinks.Empty<Void> come = Sinks.empty();
        private boolean begun;
    }

    // Guarded by this.
    private int free;
    private final Set<Turn> waiting = new LinkedHashSet<>();

    public Bulkhead(int maxConcurrent) {
        this.free = maxConcurrent;
    }

    /** Runs an action when its turn comes. One that is cancelled while it waits leaves its turn to the next. */
    public <T> Mono<T> run(Mono<T> action) {
        return Mono.defer(() -> {
            Turn turn = new Turn();
            return begin(turn).then(action).doFinally(end -> end(turn));
        });
    }

    private synchronized Mono<Void> begin(Turn turn) {
        if (free == 0) {
            waiting.add(turn);
            // Not in the thread of the one that ended, which others may follow without end.
            return turn.come.asMono().publishOn(Schedulers.parallel());
        }
        free--;
        turn.begun = true;
        return Mono.empty();
    }

    private void end(Turn turn) {
        Turn next = next(turn);
        if (next != null) {
            next.come.tryEmitEmpty();
        }
    }

    private synchronized @Nullable Turn next(Turn ended) {
        if (!ended.begun) {
            waiting.remove(ended);
            return null;
        }
        if (waiting.isEmpty()) {
            free++;
            return null;
        }
        Turn next = waiting.iterator().next();
        waiting.remove(next);
        next.begun = true;
        return next;
    }
}
