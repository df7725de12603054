package dev.parley.media.encryption;

import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.encryption.KeyManagement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Wraps data keys with the current master key if another one wraps them: at start, and then at intervals. The data keys stay the
 * same, so no content is touched.
 */
@Component
final class FileKeyRotation implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FileKeyRotation.class);

    private final FileKeyStore store;
    private final KeyManagement management;
    private final EncryptionSettings settings;
    private volatile Disposable running = Disposables.disposed();

    FileKeyRotation(FileKeyStore store, KeyManagement management, EncryptionSettings settings) {
        this.store = store;
        this.management = management;
        this.settings = settings;
    }

    /** @return how many data keys were wrapped anew; those that could not be are left to the next run */
    Mono<Long> rotate() {
        return store.all()
                .filter(key -> !key.masterKeyId().equals(management.currentKeyId()))
                .concatMap(this::rewrapped)
                .filter(done -> done)
                .count();
    }

    private Mono<Boolean> rewrapped(StoredFileKey key) {
        String context = StoredFileKey.context(key.id());
        return management
                .unwrap(key.toWrapped(), context)
                .flatMap(dataKey -> management.wrap(dataKey, context))
                .flatMap(wrapped -> store.rewrap(key, StoredFileKey.of(key.id(), wrapped, key.createdAt())))
                .onErrorResume(failure -> {
                    log.warn(
                            "Could not rewrap the data key {} of files: master key {} wraps it still",
                            key.id(),
                            key.masterKeyId(),
                            failure);
                    return Mono.just(false);
                });
    }

    private Mono<Long> rotateLeniently() {
        return rotate().onErrorResume(failure -> {
            log.warn("Could not rewrap the data keys of files; the next run will try again", failure);
            return Mono.empty();
        });
    }

    @Override
    public void start() {
        if (!settings.masterKeys().isEmpty()) {
            running = Flux.interval(Duration.ZERO, settings.rotationInterval())
                    .onBackpressureDrop()
                    .concatMap(tick -> rotateLeniently(), 1)
                    .subscribe();
        }
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
