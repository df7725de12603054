package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads that compute hashes for one purpose, and the bounded queue in front of them. Work that does not fit in the queue fails with
 * {@link AuthError#BUSY}.
 */
final class HashingQueue {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ThreadPoolExecutor threads;
    private final Scheduler scheduler;
    private final Timer timer;

    HashingQueue(String name, int threadCount, int maxQueued, MeterRegistry meters) {
        String threadName = "password-hashing-" + name;
        Tags tags = Tags.of("queue", name);
        this.threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(maxQueued),
                task -> new Thread(task, threadName));
        this.scheduler = Schedulers.fromExecutorService(threads, threadName);
        this.timer = Timer.builder("parley.auth.password.hash")
                .description("Time of a hash of a password")
                .tags(tags)
                .register(meters);
        Gauge.builder("parley.auth.password.queued", threads.getQueue(), queue -> queue.size())
                .description("Hashes of passwords that wait")
                .tags(tags)
                .register(meters);
    }

    <T> Mono<T> run(Callable<T> work) {
        return Mono.fromCallable(() -> timer.recordCallable(work))
                .subscribeOn(scheduler)
                .onErrorMap(
                        RejectedExecutionException.class,
                        queueIsFull -> ApiException.retryLater(AuthError.BUSY, "Try again in a moment", RETRY_AFTER));
    }

    void stop() {
        scheduler.dispose();
        threads.shutdown();
    }
}
