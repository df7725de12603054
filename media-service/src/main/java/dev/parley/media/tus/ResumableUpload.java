package dev.parley.media.tus;

import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An upload that comes in parts. What a part holds is stored before the part is listed here: so all that is listed is there,
 * whatever was killed.
 *
 * @param id also that of the file which it becomes
 * @param key of the file's content; the keys of the parts begin with it
 * @param length bytes of the whole
 * @param offset bytes that came
 * @param parts what came, in order
 * @param metadata as the client sent it
 * @param expiresAt from then on it is as if it never was
 * @param lockedUntil until then nobody but the owner of the lock may change it; in the past if it is not locked
 * @param lockedBy the request that writes it, or wrote it last
 * @param awaited whether another request waits for the lock
 * @param writing the key of the part that is being written; what a killed service left of it is under this key
 * @param finished whether it has become a file
 */
@Document(ResumableUploadStore.COLLECTION)
record ResumableUpload(
        @Id String id,
        String tenantId,
        String userId,
        String key,
        long length,
        long offset,
        List<Part> parts,
        @Nullable String metadata,
        Instant expiresAt,
        Instant lockedUntil,
        @Nullable String lockedBy,
        boolean awaited,
        @Nullable String writing,
        boolean finished) {

    /** @param size bytes */
    record Part(String key, long size) {}

    boolean isWhole() {
        return offset == length;
    }

    boolean isOf(Caller caller) {
        return userId.equals(caller.userId()) && tenantId.equals(caller.tenantId());
    }

    List<String> partKeys() {
        return parts.stream().map(Part::key).toList();
    }

    /** All that it has in the store of contents before it is a file. */
    List<String> allKeys() {
        return Stream.concat(partKeys().stream(), Stream.ofNullable(writing)).toList();
    }
}
