package dev.parley.auth.session;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A refresh token: the id of its session, the secret of its family and a secret of its own, with a dot between them. All tokens of a
 * session have the same family secret. So one of them is recognised however old it is, and nobody can make one up who has none. Only
 * SHA-256 hashes are stored; the secrets have so many random bits that nobody can find them from the hashes.
 *
 * <p>Tokens that were given out before there were family secrets have none.
 */
public record RefreshToken(String value) {

    private static final int SECRET_BYTES = 32;
    private static final int FAMILY_BYTES = 16;
    private static final String HMAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static RefreshToken first(String sessionId) {
        return of(sessionId, random(FAMILY_BYTES), random(SECRET_BYTES));
    }

    private static RefreshToken of(String sessionId, String family, String secret) {
        return new RefreshToken(sessionId + '.' + family + '.' + secret);
    }

    /** What a successor is derived with, beside the token before it. */
    static String newSalt() {
        return random(SECRET_BYTES);
    }

    /**
     * The next token of the family: always the same one for the same salt. It can be derived neither from the salt alone, which is all
     * that is stored, nor from this token alone, which is all that a thief of it has.
     */
    RefreshToken successor(String salt) {
        String sessionId = sessionId().orElseThrow();
        return of(sessionId, family().orElseGet(() -> derived("family " + salt)), derived(salt));
    }

    /** Empty if this does not look like a refresh token. */
    Optional<String> sessionId() {
        int dot = value.indexOf('.');
        return dot > 0 ? Optional.of(value.substring(0, dot)) : Optional.empty();
    }

    /** Empty if the token has no secret of a family. */
    Optional<String> familyHash() {
        return family().map(RefreshToken::sha256);
    }

    private Optional<String> family() {
        int first = value.indexOf('.');
        int last = value.lastIndexOf('.');
        return first < last ? Optional.of(value.substring(first + 1, last)) : Optional.empty();
    }

    String hash() {
        return sha256(value);
    }

    private static String random(int bytes) {
        byte[] secret = new byte[bytes];
        RANDOM.nextBytes(secret);
        return BASE64.encodeToString(secret);
    }

    private String derived(String message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes(value), HMAC));
            return BASE64.encodeToString(mac.doFinal(bytes(message)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String sha256(String text) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
