package dev.parley.media.encryption;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.encryption.ContentKeys;
import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.encryption.KeyManagement;
import dev.parley.platform.id.Ids;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The data keys of files, unwrapped and kept in memory for a while. */
@Component
final class FileKeys {

    /** After that new contents get a new key: who comes by one reads the files of a month at most. */
    private static final Duration MAX_AGE = Duration.ofDays(30);

    private static final String CURRENT = "current";

    private final FileKeyStore store;
    private final KeyManagement management;
    private final AsyncCache<String, FileKey> known;

    FileKeys(FileKeyStore store, KeyManagement management, EncryptionSettings settings) {
        this.store = store;
        this.management = management;
        this.known = Caffeine.newBuilder()
                .maximumSize(settings.maxCachedKeys())
                .expireAfterWrite(settings.keyMaxAge())
                .buildAsync();
        if (settings.seals()) {
            // Fails now, and not with the first upload, if there is none.
            management.currentKeyId();
        }
    }

    /** Whether anything can be encrypted already. */
    boolean areThere() {
        return !management.keyIds().isEmpty();
    }

    /** What encrypts now. Two instances that make one at the same time make two, and both are good. */
    Mono<FileKey> current() {
        return cached(
                CURRENT,
                store.newest()
                        .filter(key -> key.createdAt().isAfter(Instant.now().minus(MAX_AGE)))
                        .switchIfEmpty(Mono.defer(this::add))
                        .flatMap(this::unwrapped));
    }

    /** Fails if there is none. */
    Mono<FileKey> find(String id) {
        return cached(
                id,
                store.find(id)
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException("There is no file key " + id)))
                        .flatMap(this::unwrapped));
    }

    private Mono<FileKey> cached(String name, Mono<FileKey> key) {
        return Mono.fromFuture(() -> known.get(name, (same, executor) -> key.toFuture()), true);
    }

    private Mono<StoredFileKey> add() {
        String id = Ids.next();
        return management
                .wrap(ContentKeys.newDataKey(), StoredFileKey.context(id))
                .flatMap(wrapped -> store.add(StoredFileKey.of(id, wrapped, Instant.now())));
    }

    private Mono<FileKey> unwrapped(StoredFileKey key) {
        return management
                .unwrap(key.toWrapped(), StoredFileKey.context(key.id()))
                .map(bytes -> new FileKey(key.id(), bytes));
    }
}
