package dev.parley.auth.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A session: it starts with a sign-in, and has one refresh token after the other.
 *
 * @param familyHash the hash of the secret that all its refresh tokens have; null until a session that began without one is refreshed
 * @param tokenHash the hash of the refresh token that can be used now
 * @param lastRotation how that token came to be; null if it is the first one
 */
record Session(
        @Id String id,
        String userId,
        String tenantId,
        @Nullable String familyHash,
        String tokenHash,
        @Nullable Rotation lastRotation,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    /**
     * A refresh token was replaced by its successor.
     *
     * @param tokenHash of the token that was used
     * @param salt with which the successor is derived from it
     */
    record Rotation(String tokenHash, String salt, Instant at) {

        @Override
        public String toString() {
            return "Rotation[***]";
        }
    }

    /** What a refresh token that somebody presents is to its session. */
    enum TokenState {
        /** The one that can be used now. */
        CURRENT,
        /** Its predecessor, a short time after it was used: the answer was lost, or another tab was first. */
        RETRIED,
        /** One that was used long ago or before the last one: somebody has copied it. */
        REUSED,
        /** None that the session ever had, as far as can be known. */
        UNKNOWN
    }

    /** @param retryGrace how long after a rotation the token that was used may be presented again */
    TokenState stateOf(RefreshToken token, Instant now, Duration retryGrace) {
        String hash = token.hash();
        if (tokenHash.equals(hash)) {
            return TokenState.CURRENT;
        }
        if (lastRotation != null && lastRotation.tokenHash().equals(hash)) {
            return now.isBefore(lastRotation.at().plus(retryGrace)) ? TokenState.RETRIED : TokenState.REUSED;
        }
        return token.familyHash().filter(family -> family.equals(familyHash)).isPresent()
                ? TokenState.REUSED
                : TokenState.UNKNOWN;
    }

    @Override
    public String toString() {
        return "Session[" + id + ", ***]";
    }
}
