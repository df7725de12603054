package dev.parley.platform.security;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who makes a request: the verified claims of the platform token.
 *
 * @param sessionId the sign-in that the token belongs to; revoking it ends every token of it
 * @param token the token itself, to pass on to another service in the caller's name
 */
public record Caller(
        String userId,
        String tenantId,
        String sessionId,
        String username,
        String displayName,
        @Nullable String avatarUrl,
        BearerToken token) {

    /** Reads the claims of a verified token. */
    public static Caller of(Jwt jwt) {
        return new Caller(
                required(jwt, "sub"),
                required(jwt, TokenClaims.TENANT),
                required(jwt, TokenClaims.SESSION),
                required(jwt, TokenClaims.USERNAME),
                required(jwt, TokenClaims.NAME),
                jwt.getClaimAsString(TokenClaims.PICTURE),
                new BearerToken(jwt.getTokenValue()));
    }

    private static String required(Jwt jwt, String claim) {
        return Objects.requireNonNull(jwt.getClaimAsString(claim), claim);
    }
}
