package dev.parley.media.upload;

import dev.parley.media.MediaError;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.blob.BlobStore.Range;
import dev.parley.media.content.ContentCheck;
import dev.parley.media.content.ContentSample;
import dev.parley.media.content.ImageSize;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Content;
import dev.parley.media.file.StoredFile.Media;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.media.processing.FileProcessing;
import dev.parley.platform.error.ApiException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Confirms an upload: its size, its hash and its type are what was declared. */
@Component
public final class ConfirmUpload {

    private final FileStore files;
    private final BlobStore blobs;
    private final ContentCheck contents;
    private final KeptContent kept;
    private final FileProcessing processing;

    ConfirmUpload(
            FileStore files, BlobStore blobs, ContentCheck contents, KeptContent kept, FileProcessing processing) {
        this.kept = kept;
        this.files = files;
        this.blobs = blobs;
        this.contents = contents;
        this.processing = processing;
    }

    /**
     * Confirms a file that has a content and is not confirmed. What is refused is not kept; after a wrong size or hash the content may be
     * uploaded again.
     *
     * @return fails with {@link MediaError#SIZE_MISMATCH}, {@link MediaError#HASH_MISMATCH}, or as {@link ContentCheck#check}
     *     does
     */
    public Mono<StoredFile> confirm(StoredFile file) {
        Content content = file.uploaded();
        return Mono.fromRunnable(() -> requireDeclared(file, content))
                .then(Mono.defer(() -> sample(content)))
                .flatMap(sample -> contents.check(file.mimeType(), sample))
                .flatMap(size -> kept.of(file, content)
                        .flatMap(stored -> confirm(file, content, stored, size.map(ConfirmUpload::media))))
                .doOnNext(confirmed -> processing.wake())
                .switchIfEmpty(Mono.error(() -> ApiException.of(
                        MediaError.NOT_READY, "Something else was uploaded meanwhile: confirm it again")))
                .onErrorResume(ApiException.class, refused -> drop(file, content, refused)
                        .then(Mono.error(refused)));
    }

    private static void requireDeclared(StoredFile file, Content content) {
        if (content.size() != file.size()) {
            throw ApiException.of(
                    MediaError.SIZE_MISMATCH,
                    "The content has " + content.size() + " bytes, and " + file.size() + " were declared");
        }
        if (file.sha256() != null && !file.sha256().equals(content.sha256())) {
            throw ApiException.of(MediaError.HASH_MISMATCH, "The content has another SHA-256 than was declared");
        }
    }

    private Mono<ContentSample> sample(Content content) {
        long size = content.size();
        return Mono.zip(
                        bytes(content.key(), 0, Math.min(size, ContentSample.HEAD_LENGTH)),
                        bytes(content.key(), Math.max(0, size - ContentSample.TAIL_LENGTH), size))
                .map(ends -> new ContentSample(ends.getT1(), ends.getT2(), size));
    }

    private Mono<byte[]> bytes(String key, long from, long end) {
        return blobs.open(key, new Range(from, end - 1))
                .flatMap(BlobStore.Blob::bytes)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The blob of an upload is gone")));
    }

    private static Media media(ImageSize size) {
        return new Media(size.width(), size.height(), null, null, null);
    }

    /** @param stored in place of what was uploaded */
    private Mono<StoredFile> confirm(StoredFile file, Content uploaded, Content stored, Optional<Media> media) {
        StoredFile confirmed = file.confirmed(processing.statusOfConfirmed(), stored, media.orElse(null));
        return files.confirm(file.id(), uploaded.key(), confirmed)
                .switchIfEmpty(Mono.defer(() -> kept.drop(stored, uploaded).then(Mono.empty())))
                // What cannot be deleted now belongs to no file, and the sweeper deletes it.
                .delayUntil(done -> kept.drop(uploaded, stored).onErrorComplete());
    }

    /** Nothing else is kept of a content that was refused. That something did not answer is no refusal. */
    private Mono<Void> drop(StoredFile file, Content content, ApiException refused) {
        if (!refused.code().isRefusal() || refused.code() == MediaError.NOT_READY) {
            return Mono.empty();
        }
        boolean mayBeRepeated =
                refused.code() == MediaError.HASH_MISMATCH || refused.code() == MediaError.SIZE_MISMATCH;
        return files.dropContent(file.id(), content.key(), mayBeRepeated ? Status.PENDING : Status.FAILED)
                .flatMap(dropped -> blobs.delete(content.key()));
    }
}
