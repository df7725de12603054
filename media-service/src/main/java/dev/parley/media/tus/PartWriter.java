package dev.parley.media.tus;

import dev.parley.media.MediaError;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.tus.ArrivingContent.End;
import dev.parley.media.tus.ResumableUpload.Part;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.id.Ids;
import java.util.function.BooleanSupplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores what comes of an upload, part by part. A part counts when it is stored, so what is lost when the service is killed
 * is at most one part of each request. What comes until a connection breaks off is the last part.
 */
@Component
final class PartWriter {

    /** Of one upload. A client that needs more of them sends hardly anything with each request. */
    static final int MAX_PARTS = 2_000;

    private final BlobStore blobs;
    private final TusSettings settings;

    PartWriter(BlobStore blobs, TusSettings settings) {
        this.blobs = blobs;
        this.settings = settings;
    }

    /**
     * Content with a checksum counts as a whole or not at all.
     *
     * @return the upload with what came; fails if the body did not end well, and what came until then counts
     */
    Mono<ResumableUpload> write(UploadLock lock, UploadContent sent) {
        ResumableUpload upload = lock.upload();
        if (upload.parts().size() >= MAX_PARTS) {
            return Mono.error(ApiException.of(
                    MediaError.TOO_MANY_PARTS, "The upload came in more than " + MAX_PARTS + " parts: begin again"));
        }
        ArrivingContent content = new ArrivingContent(sent.body(), upload.length() - upload.offset());
        lock.writes(content);
        UploadChecksum checksum = sent.checksum();
        Mono<Void> written = checksum == null ? inParts(lock, content) : asAWhole(lock, content, checksum);
        return removeLeftover(upload).then(written).then(Mono.defer(() -> ended(lock.upload(), content.end())));
    }

    private Mono<Void> removeLeftover(ResumableUpload upload) {
        return Mono.justOrEmpty(upload.writing()).flatMap(blobs::delete);
    }

    private Mono<Void> inParts(UploadLock lock, ArrivingContent content) {
        return content.parts(settings.partSize().toBytes(), settings.partTime())
                .concatMap(part -> store(lock, part, () -> true), 1)
                .then();
    }

    private Mono<Void> asAWhole(UploadLock lock, ArrivingContent content, UploadChecksum checksum) {
        boolean[] right = new boolean[1];
        BooleanSupplier check = () -> {
            right[0] = content.end() == End.WHOLE && checksum.isRight();
            return right[0];
        };
        return store(lock, content.buffers().doOnNext(checksum::add), check)
                .then(Mono.defer(() -> content.end() != End.WHOLE || right[0]
                        ? Mono.empty()
                        : Mono.error(ApiException.of(
                                MediaError.CHECKSUM_MISMATCH, "The content is not what Upload-Checksum says"))));
    }

    private Mono<Void> store(UploadLock lock, Flux<DataBuffer> buffers, BooleanSupplier isGood) {
        ResumableUpload upload = lock.upload();
        String key = upload.key() + ".part-" + Ids.next();
        return lock.beginPart(key)
                .then(Mono.defer(() -> blobs.write(key, buffers, upload.length())))
                .flatMap(size ->
                        isGood.getAsBoolean() && size > 0 ? list(lock, new Part(key, size)) : blobs.delete(key));
    }

    private Mono<Void> list(UploadLock lock, Part part) {
        return lock.endPart(part)
                .onErrorResume(
                        ApiException.class, lost -> blobs.delete(part.key()).then(Mono.error(lost)))
                .then();
    }

    private static Mono<ResumableUpload> ended(ResumableUpload upload, End end) {
        return switch (end) {
            case WHOLE, BROKEN_OFF -> Mono.just(upload);
            case TOO_LONG -> Mono.error(ApiException.of(MediaError.TOO_LARGE, "More came than Upload-Length says"));
            case STOPPED -> Mono.error(ApiException.of(PlatformError.BODY_TOO_SLOW, "Nothing came for too long"));
        };
    }
}
