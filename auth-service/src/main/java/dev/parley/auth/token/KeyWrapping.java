package dev.parley.auth.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Encrypts private keys for the store with AES-256-GCM (NIST SP 800-38D), bound to the id of the key so that one cannot
 * be put in another's place. Without a wrapping key they are left as they are.
 */
@Component
final class KeyWrapping {

    private static final String WRAPPED = "gcm:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final @Nullable SecretKeySpec wrappingKey;
    private final SecureRandom random = new SecureRandom();

    KeyWrapping(SigningSettings settings) {
        this.wrappingKey = settings.wrappingKey() == null ? null : aes256(settings.wrappingKey());
    }

    private static SecretKeySpec aes256(String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        Assert.isTrue(key.length == 32, "parley.auth.signing.wrapping-key must have 32 bytes in base64");
        return new SecretKeySpec(key, "AES");
    }

    String wrap(String privateKey, String id) {
        if (wrappingKey == null) {
            return privateKey;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = gcm(Cipher.ENCRYPT_MODE, wrappingKey, nonce, privateKey.getBytes(StandardCharsets.UTF_8), id);
        byte[] wrapped = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return WRAPPED + Base64.getEncoder().encodeToString(wrapped);
    }

    /** @throws IllegalStateException if it was wrapped with another key, or for another id */
    String unwrap(String stored, String id) {
        if (!stored.startsWith(WRAPPED)) {
            return stored;
        }
        if (wrappingKey == null) {
            throw new IllegalStateException("The signing keys are encrypted: set parley.auth.signing.wrapping-key");
        }
        ByteBuffer wrapped = ByteBuffer.wrap(Base64.getDecoder().decode(stored.substring(WRAPPED.length())));
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] sealed = new byte[wrapped.remaining() - NONCE_BYTES];
        wrapped.get(nonce).get(sealed);
        return new String(gcm(Cipher.DECRYPT_MODE, wrappingKey, nonce, sealed, id), StandardCharsets.UTF_8);
    }

    private static byte[] gcm(int mode, SecretKeySpec key, byte[] nonce, byte[] input, String id) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Signing key " + id + " cannot be wrapped or unwrapped", failure);
        }
    }
}
