package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.id.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Hashes and checks passwords on threads of its own, because a hash takes tens of milliseconds of a core, and memory. If the queue is
 * full, requests fail with {@link AuthError#BUSY}, so that a flood of sign-ins cannot take the service down.
 */
@Component
class PasswordHashing implements DisposableBean {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Argon2PasswordEncoder argon2;
    private final ThreadPoolExecutor threads;
    private final Scheduler scheduler;
    private final Timer timer;
    private final PasswordHash decoy;

    PasswordHashing(PasswordSettings settings, MeterRegistry metrics) {
        this.argon2 = new Argon2PasswordEncoder(
                SALT_BYTES, HASH_BYTES, settings.parallelism(), settings.memoryKib(), settings.iterations());
        this.threads = new ThreadPoolExecutor(
                settings.maxConcurrent(),
                settings.maxConcurrent(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.maxQueued()),
                task -> new Thread(task, "password-hashing"));
        this.scheduler = Schedulers.fromExecutorService(threads, "password-hashing");
        this.timer = metrics.timer("parley.auth.password.hash");
        metrics.gauge("parley.auth.password.queued", threads.getQueue(), queue -> queue.size());
        this.decoy = encode(new Password(Ids.next()));
    }

    /** The hash with its salt and its parameters, in the PHC string format. */
    Mono<PasswordHash> hash(Password password) {
        return onOwnThread(() -> encode(password));
    }

    Mono<Boolean> matches(Password password, PasswordHash hash) {
        return onOwnThread(() -> argon2.matches(password.value(), hash.value()));
    }

    /** A hash that no password matches. A sign-in without an account is compared with it, so that it takes as long as any other. */
    PasswordHash decoy() {
        return decoy;
    }

    private PasswordHash encode(Password password) {
        return new PasswordHash(Objects.requireNonNull(argon2.encode(password.value())));
    }

    private <T> Mono<T> onOwnThread(Callable<T> work) {
        return Mono.fromCallable(() -> timer.recordCallable(work))
                .subscribeOn(scheduler)
                .onErrorMap(
                        RejectedExecutionException.class,
                        queueIsFull -> ApiException.retryLater(AuthError.BUSY, "Try again in a moment", RETRY_AFTER));
    }

    @Override
    public void destroy() {
        scheduler.dispose();
        threads.shutdown();
    }
}
