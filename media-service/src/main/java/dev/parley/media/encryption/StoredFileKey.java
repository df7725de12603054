package dev.parley.media.encryption;

import dev.parley.platform.encryption.KeyManagement.Wrapped;
import java.time.Instant;
import java.util.Base64;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A data key, wrapped.
 *
 * @param id ascends with the time at which it was made
 * @param wrapped in Base64
 */
@Document(StoredFileKey.COLLECTION)
record StoredFileKey(@Id String id, String masterKeyId, String wrapped, Instant createdAt) {

    static final String COLLECTION = "fileKeys";

    static StoredFileKey of(String id, Wrapped wrapped, Instant createdAt) {
        return new StoredFileKey(
                id, wrapped.masterKeyId(), Base64.getEncoder().encodeToString(wrapped.bytes()), createdAt);
    }

    Wrapped toWrapped() {
        return new Wrapped(masterKeyId, Base64.getDecoder().decode(wrapped));
    }

    /** What the wrapped key is for: it cannot be unwrapped for anything else. */
    static String context(String id) {
        return "file-key/" + id;
    }
}
