package dev.parley.media.tus;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Uploads that go on where they broke off. Each is there for nobody but the user who created it. */
@Component
final class ResumableUploads {

    private final ResumableUploadStore store;
    private final UploadLocks locks;
    private final PartWriter parts;
    private final UploadBeginning beginning;
    private final UploadCompletion completion;
    private final UploadRemoval removal;

    ResumableUploads(
            ResumableUploadStore store,
            UploadLocks locks,
            PartWriter parts,
            UploadBeginning beginning,
            UploadCompletion completion,
            UploadRemoval removal) {
        this.store = store;
        this.locks = locks;
        this.parts = parts;
        this.beginning = beginning;
        this.completion = completion;
        this.removal = removal;
    }

    /** Refuses what would be refused of any upload: by its name, its type, its size and the room that is left. */
    Mono<ResumableUpload> create(Caller caller, long length, @Nullable String metadata) {
        return beginning.begin(caller, length, metadata).flatMap(store::insert);
    }

    /** Creates one with its first content. Where that is refused nothing is left: the client does not know its address. */
    Mono<ResumableUpload> create(Caller caller, long length, @Nullable String metadata, UploadContent content) {
        return create(caller, length, metadata).flatMap(upload -> append(caller, upload.id(), 0, content)
                .onErrorResume(ApiException.class, refusal -> terminate(caller, upload.id())
                        .onErrorComplete()
                        .then(Mono.error(refusal))));
    }

    /** How far an upload has come. One that is whole and was not made a file, because the service was killed, is so now. */
    Mono<ResumableUpload> progress(Caller caller, String id) {
        return find(caller, id)
                .flatMap(upload -> upload.isWhole() && !upload.finished()
                        ? locks.holding(id, completion::complete)
                        : Mono.just(upload));
    }

    /** @return fails if the upload has not come as far as {@code offset}, or farther */
    Mono<ResumableUpload> append(Caller caller, String id, long offset, UploadContent content) {
        return find(caller, id)
                .doOnNext(upload -> check(upload, offset, content))
                .flatMap(upload -> upload.finished()
                        ? Mono.just(upload)
                        : locks.holding(id, lock -> write(lock, offset, content)));
    }

    private Mono<ResumableUpload> write(UploadLock lock, long offset, UploadContent content) {
        check(lock.upload(), offset, content);
        return parts.write(lock, content)
                .flatMap(upload -> upload.isWhole() ? completion.complete(lock) : Mono.just(upload));
    }

    private static void check(ResumableUpload upload, long offset, UploadContent content) {
        if (upload.offset() != offset) {
            throw ApiException.of(
                    MediaError.UPLOAD_OFFSET_MISMATCH,
                    "The upload has " + upload.offset() + " bytes, go on from there");
        }
        if (content.length() > upload.length() - offset) {
            throw ApiException.of(MediaError.TOO_LARGE, "More than Upload-Length says");
        }
    }

    /** Throws away what came. The file that a finished upload has become stays: it is deleted by its own address. */
    Mono<Void> terminate(Caller caller, String id) {
        return find(caller, id).flatMap(upload -> locks.holding(id, lock -> removal.remove(lock.upload())));
    }

    private Mono<ResumableUpload> find(Caller caller, String id) {
        return store.byId(id)
                .filter(upload -> upload.isOf(caller))
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(MediaError.UPLOAD_NOT_FOUND, "There is no such upload of yours")))
                .doOnNext(upload -> {
                    if (!upload.finished() && upload.expiresAt().isBefore(Instant.now())) {
                        throw ApiException.of(MediaError.UPLOAD_EXPIRED, "The upload has expired: begin again");
                    }
                });
    }
}
