package dev.parley.presence.session;

import org.jspecify.annotations.Nullable;

/**
 * What a client shows when it connects.
 *
 * @param token the access token, without {@code Bearer}
 * @param userId whom the client believes to be; must be the token's user where it is given
 * @param tenantId the same for the tenant
 * @param previousSession the {@link PrivateSessionId} that the client had before, if it comes back
 * @param offset where it stands in the stream, if it comes back
 */
public record Credentials(
        String token,
        @Nullable String userId,
        @Nullable String tenantId,
        @Nullable String previousSession,
        @Nullable String offset) {

    /** For a client that says nothing but who it is. */
    public static Credentials of(String token) {
        return new Credentials(token, null, null, null, null);
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
