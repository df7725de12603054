package dev.parley.media.blob;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Makes keys of blobs, which nobody can guess. */
public final class BlobKeys {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private BlobKeys() {}

    /** 128 random bits in hexadecimal. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** @throws IllegalArgumentException if it is none: in every store a key is a name, and never a path */
    static String checked(String key) {
        if (!FORM.matcher(key).matches()) {
            throw new IllegalArgumentException("Not the key of a blob");
        }
        return key;
    }
}
