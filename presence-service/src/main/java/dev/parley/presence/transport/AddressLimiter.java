package dev.parley.presence.transport;

import dev.parley.platform.limit.TokenBucket;
import dev.parley.platform.limit.TokenBuckets;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts the sessions of each address, whatever their protocol, and refuses further ones of an address that has too many or
 * whose clients were refused too often. Safe for any thread.
 */
public final class AddressLimiter {

    /** An address has too many sessions, or its clients were refused too often. */
    public static final class TooManyFromAddress extends RuntimeException {

        private final Duration retryAfter;

        private TooManyFromAddress(Duration retryAfter) {
            super("Too many from this address", null, false, false);
            this.retryAfter = retryAfter;
        }

        /** In whole seconds, at least one. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    private record Counts(int open, int unadmitted) {

        private static final Counts NONE = new Counts(0, 0);

        Counts plus(int opened, int awaiting) {
            return new Counts(open + opened, unadmitted + awaiting);
        }
    }

    private final AddressLimits limits;
    private final TransportMetrics metrics;
    private final ConcurrentMap<String, Counts> counts = new ConcurrentHashMap<>();
    private final TokenBuckets failures;

    public AddressLimiter(AddressLimits limits, TransportMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
        this.failures = new TokenBuckets(limits.maxTracked());
    }

    public AddressLimits limits() {
        return limits;
    }

    /**
     * Counts a session that is about to be opened.
     *
     * @throws TooManyFromAddress if it must not be
     */
    public Place enter(String address) {
        Duration wait = pauseAfterFailures(address);
        if (!wait.isZero()) {
            metrics.addressRefused("failures");
            throw new TooManyFromAddress(wait);
        }
        // If this throws, the counts stay as they are.
        counts.compute(address, (key, before) -> {
            Counts now = before == null ? Counts.NONE : before;
            requireRoom(now.open(), limits.maxSessions(), "sessions");
            requireRoom(now.unadmitted(), limits.maxUnadmitted(), "unadmitted");
            return now.plus(1, 1);
        });
        return new Place(address);
    }

    /** The sessions of an address that are open. */
    int open(String address) {
        return counts.getOrDefault(address, Counts.NONE).open();
    }

    private void requireRoom(int count, int max, String what) {
        if (max > 0 && count >= max) {
            metrics.addressRefused(what);
            throw new TooManyFromAddress(limits.retryAfter());
        }
    }

    /** How long the clients of an address have to wait because others of them were refused; in whole seconds. */
    private Duration pauseAfterFailures(String address) {
        if (limits.failuresPerSecond() == 0) {
            return Duration.ZERO;
        }
        TokenBucket bucket = bucket(address);
        Duration wait = bucket.take(System.nanoTime());
        if (wait.isZero()) {
            bucket.giveBack();
            return Duration.ZERO;
        }
        return Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds());
    }

    private TokenBucket bucket(String address) {
        return failures.of(address, limits.failuresPerSecond(), limits.failuresBurst());
    }

    private void count(String address, int opened, int awaiting) {
        counts.computeIfPresent(address, (key, before) -> {
            Counts now = before.plus(opened, awaiting);
            return now.open() == 0 ? null : now;
        });
    }

    /** One session of an address. */
    public final class Place {

        private enum State {
            AWAITS_ADMISSION,
            ADMITTED,
            LEFT
        }

        private final String address;
        private final AtomicReference<State> state = new AtomicReference<>(State.AWAITS_ADMISSION);

        private Place(String address) {
            this.address = address;
        }

        /** The client is known now. */
        public void admitted() {
            if (state.compareAndSet(State.AWAITS_ADMISSION, State.ADMITTED)) {
                count(address, 0, -1);
            }
        }

        /** The session is gone. */
        public void leave() {
            State before = state.getAndSet(State.LEFT);
            if (before != State.LEFT) {
                count(address, -1, before == State.AWAITS_ADMISSION ? -1 : 0);
            }
        }

        /** The client was refused for what it said who it is. */
        public void failed() {
            if (limits.failuresPerSecond() > 0) {
                bucket(address).take(System.nanoTime());
            }
        }

        /** Whether the client may say who it is, or clients of its address were refused too often. */
        public boolean mayTry() {
            return pauseAfterFailures(address).isZero();
        }
    }
}
