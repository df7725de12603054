package dev.parley.media.encryption;

import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.encryption.KeyManagement;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import dev.parley.platform.job.Term;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Wraps data keys with the current master key if another one wraps them: at start, and then at intervals. The data keys stay the
 * same, so no content is touched.
 */
@Component
final class FileKeyRotation {

    private static final Logger log = LoggerFactory.getLogger(FileKeyRotation.class);

    private final FileKeyStore store;
    private final KeyManagement management;
    private final EncryptionSettings settings;

    FileKeyRotation(FileKeyStore store, KeyManagement management, EncryptionSettings settings) {
        this.store = store;
        this.management = management;
        this.settings = settings;
    }

    @Bean
    static RecurringJob fileKeyRewrapping(RecurringJobs jobs, FileKeyRotation rotation, EncryptionSettings settings) {
        return jobs.once(
                "rewrapping of the data keys of files",
                settings.rotationInterval(),
                Mono.defer(rotation::rotateIfConfigured));
    }

    /** @return how many data keys were wrapped anew; those that could not be are left to the next run */
    Mono<Long> rotate() {
        return store.all()
                .filter(key -> !key.masterKeyId().equals(management.currentKeyId()))
                .concatMap(key -> Term.step(rewrapped(key)))
                .filter(done -> done)
                .count();
    }

    private Mono<Long> rotateIfConfigured() {
        return settings.masterKeys().isEmpty() ? Mono.empty() : rotate();
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
}
