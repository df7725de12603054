package dev.parley.media.encryption;

import dev.parley.platform.encryption.AesGcm;
import dev.parley.platform.encryption.KeyManagement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import reactor.core.publisher.Mono;

/** Master keys that follow from their ids. The first is the current one. */
class TestKeyManagement implements KeyManagement {

    private final List<String> ids;

    TestKeyManagement(String... ids) {
        this.ids = List.of(ids);
    }

    @Override
    public String currentKeyId() {
        if (ids.isEmpty()) {
            throw new IllegalStateException("No master key");
        }
        return ids.get(0);
    }

    @Override
    public Set<String> keyIds() {
        return Set.copyOf(ids);
    }

    @Override
    public Mono<Wrapped> wrap(byte[] dataKey, String context) {
        return Mono.fromSupplier(
                () -> new Wrapped(currentKeyId(), AesGcm.encrypt(key(currentKeyId()), dataKey, context)));
    }

    @Override
    public Mono<byte[]> unwrap(Wrapped wrapped, String context) {
        return Mono.fromSupplier(() -> {
            if (!ids.contains(wrapped.masterKeyId())) {
                throw new IllegalStateException("No master key " + wrapped.masterKeyId());
            }
            return AesGcm.decrypt(key(wrapped.masterKeyId()), wrapped.bytes(), context);
        });
    }

    private static SecretKey key(String id) {
        return AesGcm.key(Arrays.copyOf(id.getBytes(), AesGcm.KEY_BYTES));
    }
}
