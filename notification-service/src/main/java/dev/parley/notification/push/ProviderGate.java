package dev.parley.notification.push;

import dev.parley.platform.limit.TokenBucket;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/**
 * Says when a provider may be sent to: not while it is away, nor while it asks to be left alone, and not faster than its rate. What
 * may not be sent waits in the store.
 */
final class ProviderGate {

    private final CircuitBreaker breaker;
    private final TokenBucket rate;
    private volatile long pausedUntil = System.nanoTime();

    /** @param burst how many may be sent at once after a rest; at least a batch */
    ProviderGate(CircuitBreaker breaker, int perSecond, int burst) {
        this.breaker = breaker;
        this.rate = new TokenBucket(perSecond, Math.max(perSecond, burst), System.nanoTime());
    }

    /** Whether a batch may be sent now. Then one of {@link #answered}, {@link #failed} and {@link #notSent} must follow. */
    boolean enter() {
        return System.nanoTime() - pausedUntil >= 0 && breaker.tryAcquirePermission();
    }

    /** Waits until so many pushes may be sent. */
    Mono<Void> turn(int pushes) {
        return Mono.defer(() -> {
            Duration wait = rate.take(pushes, System.nanoTime());
            return wait.isZero() ? Mono.empty() : Mono.delay(wait).then(turn(pushes));
        });
    }

    void answered(Duration took) {
        breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    void failed(Duration took, Throwable failure) {
        breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, failure);
    }

    void notSent() {
        breaker.releasePermission();
    }

    /** The provider asks to be left alone: it is there, so that is no failure. */
    void pause(Duration pause) {
        pausedUntil = System.nanoTime() + pause.toNanos();
        breaker.releasePermission();
    }
}
