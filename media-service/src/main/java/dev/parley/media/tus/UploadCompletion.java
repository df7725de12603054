package dev.parley.media.tus;

import dev.parley.media.MediaError;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.media.upload.ConfirmUpload;
import dev.parley.media.upload.ReceiveUpload;
import dev.parley.platform.error.ApiException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes a file of an upload that is whole, with the checks of every upload. If the service is killed meanwhile, it is done again
 * when the client asks next.
 */
@Component
final class UploadCompletion {

    private final FileStore files;
    private final BlobStore blobs;
    private final ReceiveUpload receiveUpload;
    private final ConfirmUpload confirmUpload;
    private final UploadRemoval removal;

    UploadCompletion(
            FileStore files,
            BlobStore blobs,
            ReceiveUpload receiveUpload,
            ConfirmUpload confirmUpload,
            UploadRemoval removal) {
        this.files = files;
        this.blobs = blobs;
        this.receiveUpload = receiveUpload;
        this.confirmUpload = confirmUpload;
        this.removal = removal;
    }

    /** @return the finished upload; fails as the confirmation of an upload does, and then nothing of it is kept */
    Mono<ResumableUpload> complete(UploadLock lock) {
        ResumableUpload upload = lock.upload();
        return file(upload)
                .flatMap(file -> file.status() == Status.PENDING ? confirmed(upload) : Mono.just(file))
                .then(Mono.defer(lock::finish))
                .delayUntil(finished -> removal.removeParts(upload))
                .onErrorResume(
                        ApiException.class,
                        failure -> failure.code().isRefusal() && failure.code() != MediaError.UPLOAD_LOCKED
                                ? removal.remove(upload).then(Mono.error(failure))
                                : Mono.error(failure));
    }

    private Mono<StoredFile> confirmed(ResumableUpload upload) {
        return receiveUpload
                .receive(upload.id(), blobs.contents(upload.partKeys()))
                .then(Mono.defer(() -> file(upload)))
                .flatMap(confirmUpload::confirm);
    }

    /** Somebody may have deleted it. */
    private Mono<StoredFile> file(ResumableUpload upload) {
        return files.byId(upload.id())
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(MediaError.UPLOAD_NOT_FOUND, "The file of this upload was deleted")));
    }
}
