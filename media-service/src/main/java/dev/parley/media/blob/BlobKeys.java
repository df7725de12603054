package dev.parley.media.blob;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes keys of blobs, which nobody can guess. */
public final class BlobKeys {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private BlobKeys() {}

    /** 128 random bits in hexadecimal. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
