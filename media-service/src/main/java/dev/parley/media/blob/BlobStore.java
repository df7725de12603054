package dev.parley.media.blob;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where the bytes of files are. A blob is there as a whole or not at all, and never changes. Nothing of it is held in memory
 * but the buffers on their way; whoever takes a buffer releases it.
 */
public interface BlobStore {

    /**
     * A part of a blob.
     *
     * @param from the first byte, from 0
     * @param to the last byte, included; what lies behind the end is left out
     */
    record Range(long from, long to) {}

    /**
     * A blob that is read.
     *
     * @param size bytes of the whole blob
     * @param from the first byte of the content
     * @param length bytes of the content
     * @param content subscribed to once, or never
     */
    record Blob(long size, long from, long length, Flux<DataBuffer> content) {}

    /**
     * Keeps a blob. It can be read once this has completed; if this fails or is cancelled nothing is left of it.
     *
     * @param key lower-case letters, digits, dots and dashes
     * @return bytes that were written; fails with {@link dev.parley.media.MediaError#TOO_LARGE} if there are more than
     *     {@code maxSize}
     */
    Mono<Long> write(String key, Flux<DataBuffer> content, long maxSize);

    /**
     * Makes one blob of several, in their order. The parts stay.
     *
     * @return bytes of the new blob
     */
    Mono<Long> concat(String key, List<String> parts);

    /**
     * @param range null for all of it
     * @return empty if there is no such blob
     */
    Mono<Blob> open(String key, @Nullable Range range);

    /** Also completes if there is no such blob. */
    Mono<Void> delete(String key);

    /** The keys of blobs that were written before a time. */
    Flux<String> olderThan(Instant time);
}
