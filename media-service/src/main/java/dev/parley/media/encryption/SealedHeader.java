package dev.parley.media.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands before an encrypted content: how it can be told from others, the id of its data key, and a random salt. It is
 * authenticated with each segment.
 */
record SealedHeader(String keyId, byte[] salt) {

    static final int BYTES = 64;

    /** The first byte is in no text, and no kind of file begins so. The last is the form's version. */
    private static final byte[] MAGIC = "\u0093parley1".getBytes(StandardCharsets.ISO_8859_1);

    private static final int SALT_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static SealedHeader next(String keyId) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new SealedHeader(keyId, salt);
    }

    /** Null for the beginning of a content that is not encrypted. */
    static @Nullable SealedHeader read(byte[] bytes) {
        if (bytes.length < BYTES || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, MAGIC.length, BYTES - MAGIC.length);
        UUID id = new UUID(header.getLong(), header.getLong());
        byte[] salt = new byte[SALT_BYTES];
        header.get(salt);
        return new SealedHeader(id.toString(), salt);
    }

    byte[] bytes() {
        UUID id = UUID.fromString(keyId);
        return ByteBuffer.allocate(BYTES)
                .put(MAGIC)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(salt)
                .array();
    }
}
