package dev.parley.media.upload;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts and hashes a content while it passes. Used once. */
final class Intake {

    private final MessageDigest digest = sha256();
    private long size;

    long size() {
        return size;
    }

    /** SHA-256 of what has passed, in hexadecimal; asked for once. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The content, which fails with {@link MediaError#SIZE_MISMATCH} if it has not just this size. */
    Flux<DataBuffer> exactly(long expected, Flux<DataBuffer> content) {
        return Flux.concat(
                atMost(
                        expected,
                        content,
                        () -> mismatch("The content has more than the " + expected + " bytes that were declared")),
                Mono.defer(() -> size == expected
                        ? Mono.empty()
                        : Mono.error(mismatch(
                                "The content has " + size + " of the " + expected + " bytes that were declared"))));
    }

    private static ApiException mismatch(String detail) {
        return ApiException.of(MediaError.SIZE_MISMATCH, detail);
    }

    /** The content, which fails with {@link MediaError#TOO_LARGE} if it is longer. */
    Flux<DataBuffer> atMost(long max, Flux<DataBuffer> content) {
        return atMost(
                max,
                content,
                () -> ApiException.of(MediaError.TOO_LARGE, "The file may have at most " + max + " bytes"));
    }

    private Flux<DataBuffer> atMost(long max, Flux<DataBuffer> content, Supplier<ApiException> otherwise) {
        return content.doOnNext(buffer -> {
            if (size + buffer.readableByteCount() > max) {
                DataBufferUtils.release(buffer);
                throw otherwise.get();
            }
            add(buffer);
        });
    }

    void add(DataBuffer buffer) {
        size += buffer.readableByteCount();
        try (DataBuffer.ByteBufferIterator bytes = buffer.readableByteBuffers()) {
            for (Iterator<ByteBuffer> each = bytes; each.hasNext(); ) {
                digest.update(each.next());
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
