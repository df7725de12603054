package dev.parley.auth.preference;

import dev.parley.auth.user.Users;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Publishes preferences that were stored before preferences were published, so that a reader of the topic knows all of them.
 * Runs at each start, in batches, a few users at a time. If there is nothing to do it costs two queries.
 */
@Component
class PreferenceBackfill implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PreferenceBackfill.class);
    private static final int BATCH = 200;
    private static final int MAX_CONCURRENT = 8;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private record Owner(String tenantId, String userId) {}

    private final PreferenceStore store;
    private final UserPreferences preferences;
    private final Users users;
    private Disposable running = Disposables.disposed();

    PreferenceBackfill(PreferenceStore store, UserPreferences preferences, Users users) {
        this.store = store;
        this.preferences = preferences;
        this.users = users;
    }

    /** @return how many users' preferences were published */
    Mono<Long> run() {
        Flux<Owner> stored = store.neverPublished(BATCH).map(each -> new Owner(each.tenantId(), each.userId()));
        Flux<Owner> onUsers =
                users.withVisibilityOfNoPreferences(BATCH).map(user -> new Owner(user.tenantId(), user.id()));
        return all(stored).concatWith(all(onUsers)).reduce(0L, Long::sum);
    }

    /** Takes batch after batch, until nothing of a batch could be published. */
    private Flux<Long> all(Flux<Owner> batch) {
        return batch.flatMap(this::publish, MAX_CONCURRENT).count().repeat().takeUntil(published -> published == 0);
    }

    private Mono<Preferences> publish(Owner owner) {
        return preferences
                .change(owner.tenantId(), owner.userId(), PreferencesChange.NOTHING)
                .onErrorResume(failure -> {
                    log.warn(
                            "The preferences of user {} could not be published: {}",
                            owner.userId(),
                            failure.toString());
                    return Mono.empty();
                });
    }

    @Override
    public void start() {
        running = run().retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(LONGEST_RETRY)
                        .doBeforeRetry(retry -> log.warn(
                                "Stored preferences could not be published and are tried again: {}",
                                retry.failure().toString())))
                .subscribe(published -> log.info("{} users' preferences were published for the first time", published));
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
