package dev.parley.platform.security;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tells the platform's own services from everybody else, by the secret that they share (RFC 7617). */
final class ServiceCredentials {

    private static final String BASIC = "Basic ";

    private final byte[] secret;

    ServiceCredentials(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Lets a service pass.
     *
     * @param authorization the {@code Authorization} header
     * @throws ApiException not found if there is no secret, so that an installation that needs no such calls has no door;
     *     {@link PlatformError#INVALID_SERVICE_CREDENTIALS} if it is another one
     */
    void require(@Nullable String authorization) {
        if (secret.length == 0) {
            throw ApiException.of(PlatformError.NO_SUCH_RESOURCE, "No such resource");
        }
        if (!MessageDigest.isEqual(secret, password(authorization))) {
            throw ApiException.of(
                    PlatformError.INVALID_SERVICE_CREDENTIALS, "Send the name and the secret of a service");
        }
    }

    /** Empty, which is never the secret, if the header has not the form of one. */
    private static byte[] password(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return new byte[0];
        }
        try {
            byte[] pair = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon > 0 ? text.substring(colon + 1).getBytes(StandardCharsets.UTF_8) : new byte[0];
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
