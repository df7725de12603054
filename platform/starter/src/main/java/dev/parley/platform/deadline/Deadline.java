package dev.parley.platform.deadline;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * When a request must have been answered. The work on the request finds it in the Reactor context, and every call to
 * another service passes on how much time is left, so a service never works longer than somebody waits for its answer.
 */
public final class Deadline {

    /** How many milliseconds the caller waits for the answer, from when the whole request has arrived. */
    public static final String HEADER = "Parley-Timeout-Ms";

    private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,9}");

    /** What a caller keeps for the way of the answer: the service answers before its caller gives up. */
    private static final Duration WAY_BACK = Duration.ofMillis(100);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Duration budget;

    /** By {@link System#nanoTime()}. */
    private volatile long end;

    /** Whether the request is still arriving: that takes as long as the client takes. */
    private volatile boolean arriving;

    private Deadline(Duration budget) {
        this.budget = budget;
        begin();
    }

    public static Deadline after(Duration budget) {
        return new Deadline(budget);
    }

    /**
     * @param header how long the caller waits; null if it does not say
     * @param longest how long it may take at most
     */
    public static Deadline of(@Nullable String header, Duration longest) {
        if (header == null || !MILLISECONDS.matcher(header).matches()) {
            return after(longest);
        }
        Duration asked = Duration.ofMillis(Long.parseLong(header));
        return after(asked.compareTo(longest) < 0 ? asked : longest);
    }

    /**
     * How long a call may take that is made for the request of this context: at most {@code longest}, at least a millisecond. Of
     * a request without time left, the work is being cancelled.
     */
    public static Duration left(ContextView context, Duration longest) {
        Deadline deadline = context.getOrDefault(Deadline.class, null);
        if (deadline == null) {
            return longest;
        }
        Duration left = deadline.left();
        return left.compareTo(longest) >= 0 ? longest : left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
    }

    /** The context of work that goes on when the request has been answered. */
    public static ContextView without(ContextView context) {
        return Context.of(context).delete(Deadline.class);
    }

    /** The same work, started by each subscriber, and neither cancelled nor short of time when the subscriber cancels. */
    public static <T> Mono<T> uninterrupted(Mono<T> work) {
        return Mono.deferContextual(context ->
                Mono.fromFuture(() -> work.contextWrite(without(context)).toFuture(), true));
    }

    /** What a call that may take so long tells the other service in {@link #HEADER}. */
    public static String passedOn(Duration left) {
        return Long.toString(Math.max(1, left.minus(WAY_BACK).toMillis()));
    }

    /** Never negative. */
    public Duration left() {
        return arriving ? budget : Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** The time begins to run. */
    void begin() {
        end = System.nanoTime() + budget.toNanos();
        arriving = false;
    }

    /** The time does not run until {@link #begin}. */
    void hold() {
        arriving = true;
    }

    /** The work with this deadline. What is not done by then is cancelled, and fails with a {@link TimeoutException}. */
    public <T> Mono<T> bound(Mono<T> work) {
        return bound(work, passed());
    }

    /** @param passed emits, or completes, when the time has passed */
    <T> Mono<T> bound(Mono<T> work, Publisher<?> passed) {
        return work.timeout(
                        passed, Mono.error(() -> new TimeoutException("Not done within " + budget.toMillis() + " ms")))
                .contextWrite(context -> context.put(Deadline.class, this));
    }

    Mono<Deadline> passed() {
        return Mono.defer(() -> {
            Duration left = left();
            return left.isZero() ? Mono.just(this) : Mono.delay(left).then(passed());
        });
    }
}
