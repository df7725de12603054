package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Closes sessions in random order, spread evenly over a time window, so that their clients do not all reconnect at once.
 */
final class SessionDrain {

    private static final Duration TICK = Duration.ofMillis(20);

    private SessionDrain() {}

    /**
     * Completes when every session was told to close, or earlier if all are gone before the end of the window.
     *
     * @param open a live view of the open sessions
     */
    static Mono<Void> of(Collection<EngineIoSession> open, Duration window, CloseReason reason) {
        return Mono.defer(() -> {
            List<EngineIoSession> sessions = new ArrayList<>(open);
            Collections.shuffle(sessions);
            long ticks = window.dividedBy(TICK);
            return Flux.interval(TICK)
                    .take(ticks)
                    .takeWhile(tick -> !open.isEmpty())
                    .doOnNext(tick -> share(sessions, tick, ticks).forEach(session -> session.close(reason)))
                    // Also sessions that were being opened when draining began.
                    .then(Mono.fromRunnable(() -> open.forEach(session -> session.close(reason))));
        });
    }

    private static List<EngineIoSession> share(List<EngineIoSession> sessions, long tick, long ticks) {
        int from = (int) (sessions.size() * tick / ticks);
        int to = (int) (sessions.size() * (tick + 1) / ticks);
        return sessions.subList(from, to);
    }
}
