package dev.parley.media.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A data key, unwrapped: from it comes another key for each content. */
final class FileKey {

    private static final String HMAC = "HmacSHA256";
    private static final byte[] PURPOSE = "parley file content 1".getBytes(StandardCharsets.US_ASCII);

    private final String id;
    private final SecretKey key;

    FileKey(String id, byte[] key) {
        this.id = id;
        this.key = new SecretKeySpec(key, HMAC);
    }

    String id() {
        return id;
    }

    /**
     * The key of one content: HMAC-SHA-256 as a key derivation function (NIST SP 800-108). It depends on the key under which the content is
     * stored, so that nobody can put it in the place of another one.
     */
    SecretKey of(String blobKey, byte[] salt) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(PURPOSE);
            mac.update(salt);
            return new SecretKeySpec(mac.doFinal(blobKey.getBytes(StandardCharsets.US_ASCII)), "AES");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + HMAC, impossible);
        }
    }
}
