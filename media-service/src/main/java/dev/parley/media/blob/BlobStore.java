package dev.parley.media.blob;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
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
    record Range(long from, long to) {

        public Range {
            if (from < 0) {
                throw new IllegalArgumentException("A blob begins at byte 0");
            }
        }

        /** So many bytes. */
        public static Range of(long from, long length) {
            return new Range(from, length > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + length - 1);
        }

        /** What there is of it in a blob of this size. */
        public Range within(long size) {
            long begin = Math.min(from, size);
            return new Range(begin, Math.max(begin - 1, Math.min(to, size - 1)));
        }

        /** In bytes. */
        public long length() {
            return to - from + 1;
        }
    }

    /**
     * A blob that is read.
     *
     * @param size bytes of the whole blob
     * @param from the first byte of the content
     * @param length bytes of the content
     * @param content subscribed to once
     * @param file where the whole blob is as it is to be read, so that the system can send it; null if it is not in a file, or not so
     */
    record Blob(
            long size,
            long from,
            long length,
            Flux<DataBuffer> content,
            @Nullable Path file) {

        public Blob(long size, long from, long length, Flux<DataBuffer> content) {
            this(size, from, length, content, null);
        }

        /** The content as a whole, which is held in memory: for small ones. */
        public Mono<byte[]> bytes() {
            return DataBufferUtils.join(content).map(Blob::taken).defaultIfEmpty(new byte[0]);
        }

        private static byte[] taken(DataBuffer buffer) {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            DataBufferUtils.release(buffer);
            return bytes;
        }
    }

    /**
     * Keeps a blob. Once this has completed it can be read, also after a crash; if this fails or is cancelled nothing is left of
     * it.
     *
     * @param key 1 to 200 letters, digits, dots, dashes and underscores, of which the first is no dot
     * @return bytes that were written; fails with {@link dev.parley.media.MediaError#TOO_LARGE} if there are more than
     *     {@code maxSize}
     */
    Mono<Long> write(String key, Flux<DataBuffer> content, long maxSize);

    /** The contents of several blobs as one, each opened when the one before has been read. Fails if one is not there. */
    default Flux<DataBuffer> contents(List<String> keys) {
        return Flux.fromIterable(keys)
                .concatMap(
                        key -> open(key, null)
                                .switchIfEmpty(Mono.error(() -> new IllegalStateException("There is no blob " + key)))
                                .flatMapMany(Blob::content),
                        0);
    }

    /**
     * @param range null for all of it
     * @return empty if there is no such blob
     */
    Mono<Blob> open(String key, @Nullable Range range);

    /** Also completes if there is no such blob. */
    Mono<Void> delete(String key);

    /** The keys of blobs that were written before a time, in no order. */
    Flux<String> olderThan(Instant time);

    /** Removes what writes left that began before a time and never ended, because their process was killed. */
    Mono<Void> removeUnfinished(Instant before);
}
