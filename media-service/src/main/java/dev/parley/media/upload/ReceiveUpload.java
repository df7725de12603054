package dev.parley.media.upload;

import dev.parley.media.MediaError;
import dev.parley.media.blob.BlobKeys;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.blob.BlobStore.Blob;
import dev.parley.media.blob.ClientUploads;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Content;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.platform.error.ApiException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Receives the content of a file that was announced. */
@Component
public final class ReceiveUpload {

    private final FileStore files;
    private final BlobStore blobs;
    private final ClientUploads clientUploads;

    ReceiveUpload(FileStore files, BlobStore blobs, ClientUploads clientUploads) {
        this.files = files;
        this.blobs = blobs;
        this.clientUploads = clientUploads;
    }

    /**
     * Keeps a content as that of a file that is not confirmed yet, in place of what was uploaded before.
     *
     * <p>Each upload has a blob of its own: one that ends after the file was confirmed changes nothing.
     *
     * @return fails with {@link MediaError#SIZE_MISMATCH} if it has another size than was declared, and with {@link
     *     MediaError#URL_INVALID} if the file is confirmed or gone; then nothing of it is kept
     */
    public Mono<Void> receive(String fileId, Flux<DataBuffer> content) {
        return files.byId(fileId)
                .filter(file -> file.status() == Status.PENDING)
                .switchIfEmpty(Mono.error(ReceiveUpload::over))
                .flatMap(file -> receive(file, content));
    }

    /**
     * Takes what a client put into the store by itself. It is read once and kept anew, since the client may write to its place as
     * long as its signed address is good.
     *
     * @return the file with its content; fails with {@link MediaError#NOT_READY} if there is nothing, and as {@link #receive(String,
     *     Flux)} does
     */
    Mono<StoredFile> takeFromStore(StoredFile file) {
        String key = ClientUploads.keyOf(file.id());
        Mono<Blob> uploaded = clientUploads.isPossible() ? blobs.open(key, null) : Mono.empty();
        return uploaded.switchIfEmpty(
                        Mono.error(() -> ApiException.of(MediaError.NOT_READY, "Nothing was uploaded yet")))
                .flatMap(blob -> receive(file, blob.content()))
                .onErrorResume(
                        ApiException.class,
                        refused -> refused.code() == MediaError.SIZE_MISMATCH
                                ? blobs.delete(key).then(Mono.error(refused))
                                : Mono.error(refused))
                .then(Mono.defer(() -> blobs.delete(key)))
                .then(Mono.defer(() -> files.byId(file.id())));
    }

    private Mono<Void> receive(StoredFile file, Flux<DataBuffer> content) {
        String key = BlobKeys.next();
        Intake intake = new Intake();
        return blobs.write(key, intake.exactly(file.size(), content), file.size())
                .flatMap(size -> replace(file, new Content(key, size, intake.hash())))
                .onErrorResume(failure -> blobs.delete(key).then(Mono.error(failure)));
    }

    private Mono<Void> replace(StoredFile file, Content content) {
        return files.noteUploaded(file.id(), content)
                .switchIfEmpty(Mono.error(ReceiveUpload::over))
                .flatMap(before -> before.content() == null
                        ? Mono.empty()
                        : blobs.delete(before.content().key()));
    }

    private static ApiException over() {
        return UploadUrls.invalid("The file is confirmed, or it is gone");
    }

    /** A content that was received before its file has a document. */
    public record Received(Content content) {}

    /**
     * Keeps a content of at most so many bytes. It is gone within a day unless a file gets it.
     *
     * @return fails with {@link MediaError#TOO_LARGE}, and then nothing of it is kept
     */
    Mono<Received> receive(Flux<DataBuffer> content, long maxSize) {
        String key = BlobKeys.next();
        Intake intake = new Intake();
        return blobs.write(key, intake.atMost(maxSize, content), maxSize)
                .map(size -> new Received(new Content(key, size, intake.hash())));
    }

    Mono<Void> discard(Received received) {
        return blobs.delete(received.content().key());
    }
}
