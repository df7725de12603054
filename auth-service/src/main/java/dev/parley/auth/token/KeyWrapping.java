package dev.parley.auth.token;

import dev.parley.platform.encryption.AesGcm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Encrypts the private keys in the store with AES-256-GCM (NIST SP 800-38D). The id of the key is authenticated with it, so that
 * one stored key cannot be exchanged for another. Without a wrapping key, private keys are stored as they are.
 */
@Component
final class KeyWrapping {

    private static final String WRAPPED = "gcm:";

    private final @Nullable SecretKey wrappingKey;

    KeyWrapping(SigningSettings settings) {
        this.wrappingKey = settings.wrappingKey() == null ? null : aes256(settings.wrappingKey());
    }

    private static SecretKey aes256(String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        Assert.isTrue(key.length == AesGcm.KEY_BYTES, "parley.auth.signing.wrapping-key must have 32 bytes in base64");
        return AesGcm.key(key);
    }

    String wrap(String privateKey, String id) {
        if (wrappingKey == null) {
            return privateKey;
        }
        byte[] wrapped = AesGcm.encrypt(wrappingKey, privateKey.getBytes(StandardCharsets.UTF_8), id);
        return WRAPPED + Base64.getEncoder().encodeToString(wrapped);
    }

    /** @throws IllegalStateException if it was encrypted with another wrapping key or for another id */
    String unwrap(String stored, String id) {
        if (!stored.startsWith(WRAPPED)) {
            return stored;
        }
        if (wrappingKey == null) {
            throw new IllegalStateException("The signing keys are encrypted: set parley.auth.signing.wrapping-key");
        }
        byte[] wrapped = Base64.getDecoder().decode(stored.substring(WRAPPED.length()));
        try {
            return new String(AesGcm.decrypt(wrappingKey, wrapped, id), StandardCharsets.UTF_8);
        } catch (IllegalStateException refused) {
            throw new IllegalStateException("Signing key " + id + " cannot be unwrapped", refused);
        }
    }
}
