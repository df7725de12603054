package dev.parley.media.deletion;

import dev.parley.media.blob.BlobStore;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.quota.FileQuotas;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes all that there is of a file. The sweeper goes on with what a crash leaves. */
@Component
public final class FileRemoval {

    private final FileStore files;
    private final BlobStore blobs;
    private final FileQuotas quotas;

    FileRemoval(FileStore files, BlobStore blobs, FileQuotas quotas) {
        this.files = files;
        this.blobs = blobs;
        this.quotas = quotas;
    }

    /** @param file that was {@linkplain FileStore#markDeleted marked} as deleted */
    public Mono<Void> remove(StoredFile file) {
        return Flux.fromStream(() -> keys(file))
                .concatMap(blobs::delete)
                .then(files.remove(file.id()))
                // Only once, however many remove it at the same time.
                .filter(removed -> removed)
                .flatMap(removed -> quotas.release(file));
    }

    /** Removes a file whatever names it. */
    public Mono<Void> removeNow(String fileId) {
        return files.markDeleted(fileId, null).flatMap(this::remove);
    }

    private static Stream<String> keys(StoredFile file) {
        return Stream.concat(
                Stream.ofNullable(file.content()).map(StoredFile.Content::key),
                Stream.ofNullable(file.media())
                        .map(StoredFile.Media::thumbnailKey)
                        .flatMap(Stream::ofNullable));
    }
}
