package dev.parley.auth.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * One sign-in of a user, and the family of its refresh tokens.
 *
 * @param tokenHash of the refresh token that may be used next
 * @param usedHashes of those that were used before, newest last; bounded
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
