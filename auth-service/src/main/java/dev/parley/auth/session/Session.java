package dev.parley.auth.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A session: it starts with a sign-in, and has one refresh token after the other.
 *
 * @param tokenHash the hash of the refresh token that can be used now
 * @param usedHashes the hashes of the last refresh tokens before it, newest last
 */
record Session(
        @Id String id,
        String userId,
        String tenantId,
        String tokenHash,
        @Nullable List<String> usedHashes,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    boolean isUsed(String hash) {
        return usedHashes != null && usedHashes.contains(hash);
    }

    boolean isLiveAt(Instant time) {
        return revokedAt == null && expiresAt.isAfter(time);
    }

    @Override
    public String toString() {
        return "Session[" + id + ", ***]";
    }
}
