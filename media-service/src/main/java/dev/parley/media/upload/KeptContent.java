package dev.parley.media.upload;

import dev.parley.media.MediaError;
import dev.parley.media.blob.BlobKeys;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.content.MetadataRemoval;
import dev.parley.media.file.FileRules;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Content;
import dev.parley.platform.error.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What is kept of an upload: its content, or for some tenants that without its metadata. */
@Component
final class KeptContent {

    private static final Logger log = LoggerFactory.getLogger(KeptContent.class);

    /** Buffers that wait to be read. */
    private static final int MAX_WAITING = 4;

    /** A list of segments is not longer for what is left out of it; what says how an image is turned is. */
    private static final int MAX_GROWTH = 64;

    private final FileRules rules;
    private final BlobStore blobs;

    KeptContent(FileRules rules, BlobStore blobs) {
        this.rules = rules;
        this.blobs = blobs;
    }

    /**
     * The content itself, or another one that was made of it.
     *
     * @return fails with {@link MediaError#TYPE_MISMATCH} if the metadata cannot be found
     */
    Mono<Content> of(StoredFile file, Content content) {
        return rules.stripsOriginals(file.tenantId()) && MetadataRemoval.canBeDoneTo(file.mimeType())
                ? withoutMetadata(file.mimeType(), content)
                : Mono.just(content);
    }

    private Mono<Content> withoutMetadata(String mimeType, Content content) {
        String key = BlobKeys.next();
        Intake intake = new Intake();
        long maxSize = content.size() + MAX_GROWTH;
        return blobs.open(content.key(), null)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The blob of an upload is gone")))
                .flatMap(blob ->
                        blobs.write(key, intake.atMost(maxSize, withoutMetadata(mimeType, blob.content())), maxSize))
                .map(size -> new Content(key, size, intake.hash()))
                .onErrorMap(IOException.class, KeptContent::unreadable)
                .onErrorMap(UncheckedIOException.class, KeptContent::unreadable);
    }

    private static Flux<DataBuffer> withoutMetadata(String mimeType, Publisher<DataBuffer> image) {
        return Flux.from(DataBufferUtils.outputStreamPublisher(
                output -> {
                    try (InputStream input = DataBufferUtils.subscriberInputStream(image, MAX_WAITING)) {
                        MetadataRemoval.copy(mimeType, input, output);
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                },
                DefaultDataBufferFactory.sharedInstance,
                task -> Schedulers.boundedElastic().schedule(task)));
    }

    private static ApiException unreadable(Throwable failure) {
        log.info("The metadata of an image cannot be removed: {}", failure.toString());
        return ApiException.of(MediaError.TYPE_MISMATCH, "The image cannot be read");
    }

    /** One of them is of no use any more. */
    Mono<Void> drop(Content unused, Content used) {
        return unused.key().equals(used.key()) ? Mono.empty() : blobs.delete(unused.key());
    }
}
