package dev.parley.auth.token;

import dev.parley.platform.encryption.AesGcm;
import dev.parley.platform.settings.SettingsCheck;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Encrypts the private keys in the store with AES-256-GCM (NIST SP 800-38D). The id of the key is authenticated with it, so that
 * one stored key cannot be exchanged for another. Without a wrapping key, private keys are stored as they are.
 */
@Component
final class KeyWrapping {

    private static final String WRAPPED = "gcm:";

    private final @Nullable SecretKey wrappingKey;
    private final List<SecretKey> formerKeys;

    KeyWrapping(SigningSettings settings) {
        this.wrappingKey = settings.wrappingKey() == null ? null : aes256("wrapping-key", settings.wrappingKey());
        this.formerKeys = settings.formerWrappingKeys().stream()
                .map(former -> aes256("former-wrapping-keys", former))
                .toList();
    }

    private static SecretKey aes256(String property, String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        SettingsCheck.of("parley.auth.signing")
                .require(key.length == AesGcm.KEY_BYTES, property, "must have 32 bytes in base64");
        return AesGcm.key(key);
    }

    String wrap(String privateKey, String id) {
        if (wrappingKey == null) {
            return privateKey;
        }
        byte[] wrapped = AesGcm.encrypt(wrappingKey, privateKey.getBytes(StandardCharsets.UTF_8), id);
        return WRAPPED + Base64.getEncoder().encodeToString(wrapped);
    }

    /** Whether there is a wrapping key, and this private key is stored in the clear or under a former one. */
    boolean isOutdated(String stored, String id) {
        return wrappingKey != null
                && (!stored.startsWith(WRAPPED)
                        || opened(wrappingKey, stored, id).isEmpty());
    }

    /** @throws IllegalStateException if it was encrypted with another wrapping key or for another id */
    String unwrap(String stored, String id) {
        if (!stored.startsWith(WRAPPED)) {
            return stored;
        }
        if (wrappingKey == null && formerKeys.isEmpty()) {
            throw new IllegalStateException("The signing keys are encrypted: set parley.auth.signing.wrapping-key");
        }
        return Stream.concat(Stream.ofNullable(wrappingKey), formerKeys.stream())
                .flatMap(key -> opened(key, stored, id).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Signing key " + id
                        + " cannot be unwrapped: it is encrypted under a key that is neither"
                        + " parley.auth.signing.wrapping-key nor among parley.auth.signing.former-wrapping-keys"));
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
