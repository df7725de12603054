package dev.parley.notification.chatcore;

import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads the keys of web push subscriptions (RFC 8291, section 2): in base64 or base64url, padded or not. */
final class SubscriptionKeys {

    /** Brings a key to base64url without padding; null if it is none. */
    @FunctionalInterface
    interface Reader {
        @Nullable String read(String given);
    }

    private static final int SECRET = 16;
    private static final int COORDINATE = 32;
    private static final int POINT = 1 + 2 * COORDINATE;
    private static final byte UNCOMPRESSED = 4;

    private SubscriptionKeys() {}

    /** An uncompressed point of P-256. One that is not on the curve could tell what is kept secret (RFC 8291, section 7). */
    static @Nullable String publicKey(String given) {
        byte[] bytes = decoded(given);
        if (bytes == null || bytes.length != POINT || bytes[0] != UNCOMPRESSED) {
            return null;
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + COORDINATE));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + COORDINATE, POINT));
        return ECChecks.isPointOnCurve(x, y, Curve.P_256.toECParameterSpec()) ? encoded(bytes) : null;
    }

    static @Nullable String secret(String given) {
        byte[] bytes = decoded(given);
        return bytes == null || bytes.length != SECRET ? null : encoded(bytes);
    }

    private static byte @Nullable [] decoded(String given) {
        try {
            return Base64.getUrlDecoder()
                    .decode(given.replace('+', '-').replace('/', '_').replaceFirst("=+$", ""));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
