package dev.parley.platform.encryption;

import dev.parley.platform.settings.FromSettings;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Master keys that are part of the configuration. */
final class ConfiguredKeys implements KeyManagement, FromSettings {

    private final Map<String, SecretKey> keys = new HashMap<>();
    private final @Nullable String current;

    /** @throws IllegalArgumentException naming the key that is none, or if it is not clear which is current */
    ConfiguredKeys(EncryptionSettings settings) {
        settings.masterKeys().forEach((id, encoded) -> keys.put(id, read(id, encoded)));
        this.current = current(settings);
    }

    private static SecretKey read(String id, String encoded) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(encoded.strip());
        } catch (IllegalArgumentException notBase64) {
            // Not as the cause: its message shows a part of the key.
            throw new IllegalArgumentException("parley.encryption.master-keys." + id + " is not Base64");
        }
        if (key.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException("parley.encryption.master-keys." + id + " has not 256 bits");
        }
        return AesGcm.key(key);
    }

    private @Nullable String current(EncryptionSettings settings) {
        String named = settings.currentKey();
        if (named != null && !named.isBlank()) {
            if (!keys.containsKey(named)) {
                throw new IllegalArgumentException(
                        "parley.encryption.current-key names " + named + ", which is not among the master keys");
            }
            return named;
        }
        if (keys.size() > 1) {
            throw new IllegalArgumentException(
                    "parley.encryption.current-key must name the current one of several master keys");
        }
        return keys.isEmpty() ? null : keys.keySet().iterator().next();
    }

    @Override
    public String currentKeyId() {
        if (current == null) {
            throw new IllegalStateException("Encryption needs a master key: set parley.encryption.master-keys");
        }
        return current;
    }

    @Override
    public Set<String> keyIds() {
        return Set.copyOf(keys.keySet());
    }

    @Override
    public Mono<Wrapped> wrap(byte[] dataKey, String context) {
        return Mono.fromSupplier(() -> {
            String id = currentKeyId();
            return new Wrapped(id, AesGcm.seal(key(id), dataKey, context));
        });
    }

    @Override
    public Mono<byte[]> unwrap(Wrapped wrapped, String context) {
        return Mono.fromSupplier(() -> AesGcm.open(key(wrapped.masterKeyId()), wrapped.bytes(), context));
    }

    private SecretKey key(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("There is no master key " + id + " in parley.encryption.master-keys");
        }
        return key;
    }
}
