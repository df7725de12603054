package dev.parley.media.tus;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Throws away the uploads whose lifetime is over: at the start, and then at intervals. */
@Component
final class UploadSweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(UploadSweeper.class);

    /** Uploads that are looked for at once. */
    private static final int BATCH = 100;

    private final ResumableUploadStore store;
    private final UploadLocks locks;
    private final UploadRemoval removal;
    private final TusSettings settings;
    private Disposable sweeping = Disposables.disposed();

    UploadSweeper(ResumableUploadStore store, UploadLocks locks, UploadRemoval removal, TusSettings settings) {
        this.store = store;
        this.locks = locks;
        this.removal = removal;
        this.settings = settings;
    }

    /** One that cannot be thrown away holds up no other. */
    Mono<Void> sweep() {
        return store.expired(Instant.now(), BATCH)
                .concatMap(upload -> locks.holding(upload.id(), lock -> removal.remove(lock.upload()))
                        .thenReturn(true)
                        .onErrorResume(failure -> {
                            log.warn("Upload {} has expired and could not be thrown away", upload.id(), failure);
                            return Mono.empty();
                        }))
                .count()
                .flatMap(removed -> removed < BATCH ? Mono.empty() : sweep());
    }

    @Override
    public void start() {
        sweeping = Flux.interval(Duration.ZERO, settings.sweepInterval())
                .onBackpressureDrop()
                .concatMap(
                        tick -> sweep().onErrorResume(failure -> {
                            log.warn("Expired uploads could not be looked for; the sweeper tries again", failure);
                            return Mono.empty();
                        }),
                        0)
                .subscribe();
    }

    @Override
    public void stop() {
        sweeping.dispose();
    }

    @Override
    public boolean isRunning() {
        return !sweeping.isDisposed();
    }
}
