package dev.parley.platform.encryption;

import java.util.Set;
import reactor.core.publisher.Mono;

/** Wraps data keys with master keys that never leave it, as a key management service does. */
public interface KeyManagement {

    /**
     * A data key that can be read only with a master key.
     *
     * @param masterKeyId which one
     */
    record Wrapped(String masterKeyId, byte[] bytes) {}

    /** The id of the master key that wraps now; fails with an {@link IllegalStateException} if there is none. */
    String currentKeyId();

    /** The ids of all master keys that can unwrap. */
    Set<String> keyIds();

    /** @param context what the data key is for: it cannot be unwrapped for anything else */
    Mono<Wrapped> wrap(byte[] dataKey, String context);

    /** @return the data key; fails if the master key is not there, or the context or a byte is another one */
    Mono<byte[]> unwrap(Wrapped wrapped, String context);
}
