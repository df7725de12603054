package dev.parley.presence.session;

import org.jspecify.annotations.Nullable;

/**
 * What a client sends when it connects.
 *
 * @param token the access token, without {@code Bearer}
 * @param userId who the client believes to be; if present it must be the user of the token
 * @param tenantId the same for the tenant
 * @param previousSession the {@link PrivateSessionId} that the client had before, if it reconnects
 * @param offset its stream offset, if it reconnects
 */
public record ConnectCredentials(
        String token,
        @Nullable String userId,
        @Nullable String tenantId,
        @Nullable String previousSession,
        @Nullable String offset) {

    @Override
    public String toString() {
        return "ConnectCredentials[***]";
    }
}
