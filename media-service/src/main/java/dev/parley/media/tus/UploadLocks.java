package dev.parley.media.tus;

import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets one request at a time change an upload, whichever instance of the service has it. */
@Component
final class UploadLocks {

    private final ResumableUploadStore store;
    private final TusSettings settings;

    UploadLocks(ResumableUploadStore store, TusSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * Does something with an upload that nobody else changes meanwhile. It goes on if the caller stops waiting: when a client
     * leaves, what came of its request is still to be stored.
     *
     * @return fails with {@link dev.parley.media.MediaError#UPLOAD_LOCKED} if somebody else does something with it. Then that
     *     one is asked to end if its client sends nothing: it may be the same client, which has lost its connection
     */
    <T> Mono<T> holding(String uploadId, Function<UploadLock, Mono<T>> work) {
        String owner = Ids.next();
        Mono<T> held = Mono.defer(() -> store.lock(uploadId, owner, Instant.now(), end()))
                .switchIfEmpty(store.await(uploadId).then(Mono.error(UploadLock::taken)))
                .map(locked -> new UploadLock(store, owner, locked))
                .flatMap(lock -> Mono.usingWhen(
                        Mono.fromSupplier(() -> renewing(lock)), renewal -> work.apply(lock), renewal -> {
                            renewal.dispose();
                            return lock.release().onErrorComplete();
                        }));
        return Deadline.uninterrupted(held);
    }

    private Instant end() {
        return Instant.now().plus(settings.lease());
    }

    private Disposable renewing(UploadLock lock) {
        Watch watch = new Watch(lock);
        return Flux.interval(settings.renewal())
                .onBackpressureDrop()
                .concatMap(tick -> lock.renew(end())
                        .doOnNext(watch::look)
                        // The lease outlives a renewal that failed. A lost lock is noticed by the next change.
                        .onErrorResume(failure -> Mono.empty()))
                .subscribe();
    }

    /** Ends a body of which nothing comes any more. */
    private final class Watch {

        private final UploadLock lock;
        private long seen;
        private Duration still = Duration.ZERO;

        Watch(UploadLock lock) {
            this.lock = lock;
        }

        void look(boolean awaited) {
            ArrivingContent content = lock.content();
            if (content == null) {
                return;
            }
            long came = content.came();
            still = came == seen ? still.plus(settings.renewal()) : Duration.ZERO;
            seen = came;
            if (still.compareTo(settings.idle()) >= 0 || awaited && !still.isZero()) {
                content.stop();
            }
        }
    }
}
