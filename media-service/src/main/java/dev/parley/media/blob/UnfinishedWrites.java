package dev.parley.media.blob;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Has the store remove, at the start and then every hour, what writes left whose process was killed. */
final class UnfinishedWrites implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(UnfinishedWrites.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final BlobStore store;
    private final Duration age;
    private volatile Disposable running = Disposables.disposed();

    UnfinishedWrites(BlobStore store, Duration age) {
        this.store = store;
        this.age = age;
    }

    @Override
    public void start() {
        running = Flux.interval(Duration.ZERO, INTERVAL)
                .onBackpressureDrop()
                .concatMap(
                        tick -> store.removeUnfinished(Instant.now().minus(age)).onErrorResume(failure -> {
                            log.warn("Unfinished writes could not be removed; the next run will try again", failure);
                            return Mono.empty();
                        }),
                        1)
                .subscribe();
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
