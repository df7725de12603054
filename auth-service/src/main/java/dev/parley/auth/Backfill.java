package dev.parley.auth;

import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Brings what earlier versions stored up to the present rules. Runs in the background at each start, in batches, a few users at a time. If
 * it fails it begins again, after longer and longer pauses.
 */
public abstract class Backfill implements SmartLifecycle {

    /** How many users to ask the store for at once. */
    protected static final int BATCH = 200;

    private static final Logger log = LoggerFactory.getLogger(Backfill.class);
    private static final int MAX_CONCURRENT = 8;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final String subject;
    private volatile Disposable running = Disposables.disposed();

    /** @param subject what is brought up to date, for the log */
    protected Backfill(String subject) {
        this.subject = subject;
    }

    /** @return how many users it was about; running it again when all is done changes nothing */
    protected abstract Mono<Long> run();

    /**
     * Takes batch after batch, until nothing of a batch could be brought up to date.
     *
     * @param batch some that are not up to date, asked for anew by each subscription
     * @param update empty if it could not be done
     * @return how many updates there were
     */
    protected static <T, R> Mono<Long> all(Flux<T> batch, Function<T, Mono<R>> update) {
        return batch.flatMap(update, MAX_CONCURRENT)
                .count()
                .repeat()
                .takeUntil(updated -> updated == 0)
                .reduce(0L, Long::sum);
    }

    @Override
    public void start() {
        running = run().retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(LONGEST_RETRY)
                        .doBeforeRetry(retry -> log.warn(
                                "The {} could not be brought up to date; it is tried again: {}",
                                subject,
                                retry.failure().toString())))
                .subscribe(updated -> log.info("The {} are up to date; those of {} users were not", subject, updated));
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
