package dev.parley.media.tus;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The right to change an upload, which one request has at a time. It ends by itself some time after its owner was killed; as
 * long as the owner lives, it is renewed.
 */
final class UploadLock {

    private final ResumableUploadStore store;
    private final String owner;
    private volatile ResumableUpload upload;
    private volatile @Nullable ArrivingContent content;

    UploadLock(ResumableUploadStore store, String owner, ResumableUpload locked) {
        this.store = store;
        this.owner = owner;
        this.upload = locked;
    }

    /** As it was after the last change. */
    ResumableUpload upload() {
        return upload;
    }

    /** What the request sends; it is ended when somebody else waits for the upload and nothing comes. */
    void writes(ArrivingContent arriving) {
        content = arriving;
    }

    @Nullable ArrivingContent content() {
        return content;
    }

    /** @return whether somebody else waits for the upload; fails if the lock is lost */
    Mono<Boolean> renew(Instant until) {
        return changed(store.renew(upload.id(), owner, until)).map(ResumableUpload::awaited);
    }

    Mono<ResumableUpload> beginPart(String key) {
        return changed(store.beginPart(upload.id(), owner, key));
    }

    Mono<ResumableUpload> endPart(ResumableUpload.Part part) {
        return changed(store.endPart(upload.id(), owner, part));
    }

    Mono<ResumableUpload> finish() {
        return changed(store.finish(upload.id(), owner));
    }

    Mono<Void> release() {
        return store.release(upload.id(), owner);
    }

    private Mono<ResumableUpload> changed(Mono<ResumableUpload> change) {
        return change.switchIfEmpty(Mono.error(UploadLock::taken)).doOnNext(after -> upload = after);
    }

    static ApiException taken() {
        return ApiException.of(MediaError.UPLOAD_LOCKED, "Another request goes on with this upload: try again");
    }
}
