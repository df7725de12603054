package dev.parley.platform.batch;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Gathers the newest value of each key for a moment, and hands them on together, one batch after another. A batch that
 * fails is handed on again later, with what has become newer meanwhile. Safe for any thread.
 *
 * @param <K> what there is one value of
 * @param <V> the values
 */
public final class CoalescingBatcher<K, V> {

    private static final Logger log = LoggerFactory.getLogger(CoalescingBatcher.class);

    /**
     * @param gather how long values are gathered
     * @param retry how long after a failure it is tried again
     * @param maxBatch the values of one batch
     * @param maxWaiting the values that may wait; a key more is given up
     */
    public record Bounds(Duration gather, Duration retry, int maxBatch, int maxWaiting) {}

    private final Bounds bounds;
    private final BinaryOperator<V> newer;
    private final Function<Map<K, V>, Mono<Void>> target;
    private final Counter givenUp;
    private final Map<K, V> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param newer which of two values of a key to keep
     * @param target takes a batch; an error hands it back
     * @param givenUp counts the values that there was no place for
     */
    public CoalescingBatcher(
            Bounds bounds, BinaryOperator<V> newer, Function<Map<K, V>, Mono<Void>> target, Counter givenUp) {
        this.bounds = bounds;
        this.newer = newer;
        this.target = target;
        this.givenUp = givenUp;
    }

    public void add(K key, V value) {
        if (waiting.size() >= bounds.maxWaiting() && !waiting.containsKey(key)) {
            givenUp.increment();
            return;
        }
        waiting.merge(key, value, newer);
        schedule(bounds.gather());
    }

    /** Hands on all that waits. Fails with the first batch that does. */
    public Mono<Void> flush() {
        return Mono.defer(this::handOn).repeat(() -> !waiting.isEmpty()).then();
    }

    private Mono<Void> handOn() {
        Map<K, V> batch = take();
        return batch.isEmpty()
                ? Mono.empty()
                : Mono.defer(() -> target.apply(batch))
                        .doOnError(failure -> batch.forEach((key, value) -> waiting.merge(key, value, newer)));
    }

    /** How many values wait to be handed on. */
    public int waiting() {
        return waiting.size();
    }

    /** From now on nothing is handed on but by {@link #flush}. */
    public void close() {
        closed = true;
    }

    private void schedule(Duration delay) {
        if (!closed && scheduled.compareAndSet(false, true)) {
            Schedulers.parallel().schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        flush().subscribe(nothing -> {}, this::failed, () -> {
            scheduled.set(false);
            if (!waiting.isEmpty()) {
                schedule(bounds.gather());
            }
        });
    }

    private void failed(Throwable failure) {
        log.warn("A batch is tried again later: {}", failure.toString());
        scheduled.set(false);
        schedule(bounds.retry());
    }

    private Map<K, V> take() {
        Map<K, V> batch = new LinkedHashMap<>();
        for (K key : waiting.keySet()) {
            V value = waiting.remove(key);
            if (value != null) {
                batch.put(key, value);
            }
            if (batch.size() == bounds.maxBatch()) {
                break;
            }
        }
        return batch;
    }
}
