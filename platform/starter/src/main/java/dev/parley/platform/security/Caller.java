package dev.parley.platform.security;

import dev.parley.events.UserSummary;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who makes a request: the verified claims of the platform token.
 *
 * @param sessionId the sign-in that the token belongs to; revoking it ends every token of it
 * @param avatarUrl the picture, where somebody else keeps it
 * @param avatarFileId the picture, where it is a file of the platform
 * @param expiresAt when the token ends
 * @param token the token itself, to pass on to another service in the caller's name
 */
public record Caller(
        String userId,
        String tenantId,
        String sessionId,
        String username,
        String displayName,
        @Nullable String avatarUrl,
        @Nullable String avatarFileId,
        Instant expiresAt,
        BearerToken token) {

    public UserSummary summary() {
        return new UserSummary(userId, username, displayName, avatarUrl, avatarFileId);
    }

    /** The same caller, as others see the user at another time. */
    public Caller with(UserSummary profile) {
        return new Caller(
                userId,
                tenantId,
                sessionId,
                profile.username(),
                profile.displayName(),
                profile.avatarUrl(),
                profile.avatarFileId(),
                expiresAt,
                token);
    }

    /** Reads the claims of a verified token. */
    public static Caller of(Jwt jwt) {
        return new Caller(
                required(jwt, "sub"),
                required(jwt, TokenClaims.TENANT),
                required(jwt, TokenClaims.SESSION),
                required(jwt, TokenClaims.USERNAME),
                required(jwt, TokenClaims.NAME),
                jwt.getClaimAsString(TokenClaims.PICTURE),
                jwt.getClaimAsString(TokenClaims.PICTURE_FILE),
                Objects.requireNonNull(jwt.getExpiresAt(), "exp"),
                new BearerToken(jwt.getTokenValue()));
    }

    private static String required(Jwt jwt, String claim) {
        return Objects.requireNonNull(jwt.getClaimAsString(claim), claim);
    }
}
