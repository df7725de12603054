package dev.parley.platform.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tells whether two requests with the same key ask for the same, without keeping what they asked for. */
public final class Fingerprint {

    private static final int ABSENT = -1;

    private Fingerprint() {}

    /** The same for the same parts in the same order, also in other versions of this program; 43 characters. */
    public static String of(@Nullable String... parts) {
        MessageDigest hash = sha256();
        for (String part : parts) {
            byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            hash.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(0, part == null ? ABSENT : bytes.length)
                    .array());
            hash.update(bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
