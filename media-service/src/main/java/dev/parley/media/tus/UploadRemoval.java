package dev.parley.media.tus;

import dev.parley.media.blob.BlobStore;
import dev.parley.media.deletion.FileRemoval;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile.Status;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Throws an upload away, and its file if that was never confirmed. */
@Component
final class UploadRemoval {

    private final ResumableUploadStore store;
    private final BlobStore blobs;
    private final FileStore files;
    private final FileRemoval removal;

    UploadRemoval(ResumableUploadStore store, BlobStore blobs, FileStore files, FileRemoval removal) {
        this.store = store;
        this.blobs = blobs;
        this.files = files;
        this.removal = removal;
    }

    /** The document goes last: it names what a service that is killed meanwhile leaves. */
    Mono<Void> remove(ResumableUpload upload) {
        return removeParts(upload).then(removeFile(upload.id())).then(store.delete(upload.id()));
    }

    Mono<Void> removeParts(ResumableUpload upload) {
        return Flux.fromIterable(upload.allKeys()).concatMap(blobs::delete).then();
    }

    private Mono<Void> removeFile(String id) {
        return files.byId(id)
                .filter(file -> file.status() == Status.PENDING || file.status() == Status.FAILED)
                .flatMap(file -> removal.removeNow(file.id()));
    }
}
