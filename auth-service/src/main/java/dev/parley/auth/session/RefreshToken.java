package dev.parley.auth.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A refresh token: the id of its session, a dot, and 256 random bits in base64url. Only its SHA-256 is stored; with so many random
 * bits nobody can find the token from the hash.
 */
public record RefreshToken(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static RefreshToken of(String sessionId) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return new RefreshToken(sessionId + '.' + BASE64.encodeToString(secret));
    }

    /** Empty if this does not look like a refresh token. */
    Optional<String> sessionId() {
        int dot = value.indexOf('.');
        return dot > 0 ? Optional.of(value.substring(0, dot)) : Optional.empty();
    }

    String hash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return BASE64.encodeToString(sha256.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
