package dev.parley.platform.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Reads, decides and writes if what was read is unchanged; else does so again after a pause, for a bounded number of
 * times. Those who change the same thing at once pause for random times, so that they do not meet again.
 *
 * @param maxAttempts how often it is read and written in all
 * @param minPause the shortest pause between two attempts
 * @param maxPause the longest; pauses grow towards it
 */
public record OptimisticUpdate(int maxAttempts, Duration minPause, Duration maxPause) {

    /** Anywhere between the shortest and the longest pause. */
    private static final double FULL_JITTER = 1;

    private static final Conflict CONFLICT = new Conflict();

    public OptimisticUpdate {
        if (maxAttempts < 1 || minPause.isNegative() || maxPause.compareTo(minPause) < 0) {
            throw new IllegalArgumentException(
                    "Not a way to try again: " + maxAttempts + " attempts, pauses of " + minPause + " to " + maxPause);
        }
    }

    /**
     * @param read the state as it is now; subscribed to for each attempt
     * @param write what to write, decided by that state; completes empty if the state was no longer so, and then the next
     *     attempt follows
     * @param exhausted the failure after the last attempt
     * @return what was written; empty if there is nothing to read; fails at once if reading, deciding or writing fails
     */
    public <S, T> Mono<T> run(Mono<S> read, Function<S, Mono<T>> write, Supplier<? extends Throwable> exhausted) {
        return read.flatMap(state -> write.apply(state).switchIfEmpty(Mono.error(CONFLICT)))
                .retryWhen(Retry.backoff(maxAttempts - 1, minPause)
                        .maxBackoff(maxPause)
                        .jitter(FULL_JITTER)
                        .filter(failure -> failure == CONFLICT)
                        .onRetryExhaustedThrow((retry, last) -> exhausted.get()));
    }

    /** The same for a state that has just been read: it is read again only after a conflict. */
    public <S, T> Mono<T> run(
            S known, Mono<S> read, Function<S, Mono<T>> write, Supplier<? extends Throwable> exhausted) {
        return Mono.defer(() -> {
            AtomicBoolean first = new AtomicBoolean(true);
            return run(Mono.defer(() -> first.getAndSet(false) ? Mono.just(known) : read), write, exhausted);
        });
    }

    private static final class Conflict extends RuntimeException {
        Conflict() {
            super("The state was changed meanwhile", null, false, false);
        }
    }
}
