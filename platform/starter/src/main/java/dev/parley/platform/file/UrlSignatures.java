package dev.parley.platform.file;

import dev.parley.platform.settings.FromSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what stands in an address, so that who has the address needs no token: HMAC-SHA256 (RFC 2104), cut to 128 bits, in base64url.
 * A signature is of one purpose, and proves nothing for another one.
 */
public final class UrlSignatures implements FromSettings {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 16;

    /** One for each key, never used itself: a copy of it is ready to sign. */
    private final List<Mac> keys;

    /** @throws IllegalArgumentException naming the property, if there is no key or one is none */
    public UrlSignatures(FileUrlSettings settings) {
        List<String> encoded = settings.urlKeys();
        if (encoded.isEmpty()) {
            throw new IllegalArgumentException("parley.files.url-keys is required");
        }
        this.keys = IntStream.range(0, encoded.size())
                .mapToObj(i -> key(encoded.get(i), "parley.files.url-keys[" + i + "]"))
                .toList();
    }

    private static Mac key(String encoded, String property) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(encoded.strip());
        } catch (IllegalArgumentException notBase64) {
            // Not as the cause: its message shows a part of the key.
            throw new IllegalArgumentException(property + " is not Base64");
        }
        if (key.length < KEY_BYTES) {
            throw new IllegalArgumentException(property + " has not 256 bits");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** The signature of these parts, in this order. */
    public String of(String purpose, String... parts) {
        return sign(keys.get(0), purpose, parts);
    }

    /** Whether one of the keys signed these parts. How long it takes says nothing about the signature that was expected. */
    public boolean matches(String signature, String purpose, String... parts) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (Mac key : keys) {
            matches |= MessageDigest.isEqual(sign(key, purpose, parts).getBytes(StandardCharsets.US_ASCII), given);
        }
        return matches;
    }

    private static String sign(Mac key, String purpose, String... parts) {
        Mac mac = copy(key);
        add(mac, purpose);
        for (String part : parts) {
            add(mac, part);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac.doFinal(), SIGNATURE_BYTES));
    }

    /** With its length before it: the same characters in other parts are signed differently. */
    private static void add(Mac mac, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
    }

    private static Mac copy(Mac key) {
        try {
            return (Mac) key.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("Java's own " + ALGORITHM + " can be copied", impossible);
        }
    }
}
