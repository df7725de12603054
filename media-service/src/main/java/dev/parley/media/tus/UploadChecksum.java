package dev.parley.media.tus;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;

/** What a client says that the content of one request hashes to: an algorithm and a hash in Base64 (tus 1.0, "Checksum"). */
final class UploadChecksum {

    /** SHA-1 because the protocol demands it: it finds what the network broke, and no forgery. */
    private static final Map<String, String> ALGORITHMS = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    /** As the protocol lists them. */
    static final String NAMES = "sha1,sha256";

    private final MessageDigest digest;
    private final byte[] expected;

    private UploadChecksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    /**
     * @return null if there is none
     * @throws ApiException if the algorithm is not supported, or the hash is none
     */
    static @Nullable UploadChecksum parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String[] words = header.strip().split(" +", -1);
        String algorithm = ALGORITHMS.get(words[0]);
        if (algorithm == null || words.length != 2) {
            throw invalid("Must be an algorithm of " + NAMES + ", a space and a hash in Base64");
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] expected = Base64.getDecoder().decode(words[1]);
            if (expected.length != digest.getDigestLength()) {
                throw invalid("The hash must have " + digest.getDigestLength() + " bytes");
            }
            return new UploadChecksum(digest, expected);
        } catch (IllegalArgumentException malformed) {
            throw invalid("The hash must be in Base64");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has " + algorithm, impossible);
        }
    }

    private static ApiException invalid(String rule) {
        return ApiException.invalid(List.of(new FieldError(Tus.UPLOAD_CHECKSUM, "format", rule)));
    }

    /** Reads the buffer without moving its position. */
    void add(DataBuffer buffer) {
        try (DataBuffer.ByteBufferIterator parts = buffer.readableByteBuffers()) {
            while (parts.hasNext()) {
                digest.update(parts.next());
            }
        }
    }

    /** Whether all that was added is what the client said. May be asked once. */
    boolean isRight() {
        return MessageDigest.isEqual(digest.digest(), expected);
    }
}
