package dev.parley.platform.encryption;

import dev.parley.platform.settings.SettingsCheck;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts private keys for the store with AES-256-GCM (NIST SP 800-38D). The id of the key is authenticated with it, so that
 * one stored key cannot be exchanged for another. Without a wrapping key, private keys are stored as they are.
 */
public final class KeyWrapping {

    private static final String WRAPPED = "gcm:";

    private final String prefix;
    private final @Nullable SecretKey wrappingKey;
    private final List<SecretKey> formerKeys;

    /**
     * @param prefix what the properties {@code wrapping-key} and {@code former-wrapping-keys} begin with, without the last dot
     * @param wrappingKey 256 bits in Base64; null if there is none
     * @param formerKeys those that only decrypt
     */
    public KeyWrapping(String prefix, @Nullable String wrappingKey, List<String> formerKeys) {
        this.prefix = prefix;
        this.wrappingKey = wrappingKey == null ? null : aes256("wrapping-key", wrappingKey);
        this.formerKeys = formerKeys.stream()
                .map(former -> aes256("former-wrapping-keys", former))
                .toList();
    }

    private SecretKey aes256(String property, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            // Not as the cause: its message shows a part of the key.
            key = new byte[0];
        }
        SettingsCheck.of(prefix).require(key.length == AesGcm.KEY_BYTES, property, "must have 32 bytes in base64");
        return AesGcm.key(key);
    }

    public String wrap(String privateKey, String id) {
        if (wrappingKey == null) {
            return privateKey;
        }
        byte[] wrapped = AesGcm.encrypt(wrappingKey, privateKey.getBytes(StandardCharsets.UTF_8), id);
        return WRAPPED + Base64.getEncoder().encodeToString(wrapped);
    }

    /** Whether there is a wrapping key, and this private key is stored in the clear or under a former one. */
    public boolean isOutdated(String stored, String id) {
        return wrappingKey != null
                && (!stored.startsWith(WRAPPED)
                        || opened(wrappingKey, stored, id).isEmpty());
    }

    /** @throws IllegalStateException if it was encrypted with another wrapping key or for another id */
    public String unwrap(String stored, String id) {
        if (!stored.startsWith(WRAPPED)) {
            return stored;
        }
        if (wrappingKey == null && formerKeys.isEmpty()) {
            throw new IllegalStateException("The stored private keys are encrypted: set " + prefix + ".wrapping-key");
        }
        return Stream.concat(Stream.ofNullable(wrappingKey), formerKeys.stream())
                .flatMap(key -> opened(key, stored, id).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Private key " + id
                        + " cannot be unwrapped: it is encrypted under a key that is neither " + prefix
                        + ".wrapping-key nor among " + prefix + ".former-wrapping-keys"));
    }

    private static Optional<String> opened(SecretKey key, String stored, String id) {
        byte[] wrapped = Base64.getDecoder().decode(stored.substring(WRAPPED.length()));
        try {
            return Optional.of(new String(AesGcm.decrypt(key, wrapped, id), StandardCharsets.UTF_8));
        } catch (IllegalStateException anotherKey) {
            return Optional.empty();
        }
    }
}
