package dev.parley.auth.user;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;

/**
 * By which a registration that is sent again is recognised.
 *
 * @param value the tenant and what the client calls the request; no two users have the same
 * @param fingerprint of what the request says of the user, without the password
 */
public record RegistrationKey(String value, String fingerprint) {

    /** What another registration with the same key fails with. */
    public static ApiException reused() {
        return ApiException.of(PlatformError.KEY_REUSED, "Another registration was sent with this Idempotency-Key");
    }
}
