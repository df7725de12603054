package dev.parley.auth;

import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;

/** The errors of this service, beside those of every service. */
public enum AuthError implements ErrorCode {
    INVALID_CREDENTIALS("auth.invalid-credentials", HttpStatus.UNAUTHORIZED, "The email or the password is wrong"),
    INVALID_REFRESH_TOKEN("auth.invalid-refresh-token", HttpStatus.UNAUTHORIZED, "The refresh token is not valid"),
    REUSED_REFRESH_TOKEN("auth.refresh-token-reused", HttpStatus.UNAUTHORIZED, "The refresh token was used before"),
    SESSION_ENDED("auth.session-ended", HttpStatus.UNAUTHORIZED, "The session has ended"),
    TOO_MANY_ATTEMPTS("auth.too-many-attempts", HttpStatus.TOO_MANY_REQUESTS, "Too many sign-in attempts"),
    BUSY("auth.busy", HttpStatus.SERVICE_UNAVAILABLE, "Too many passwords wait to be checked"),
    REGISTRATION_CLOSED("tenant.registration-closed", HttpStatus.FORBIDDEN, "Nobody can register with the tenant"),
    UNKNOWN_TENANT("tenant.unknown", HttpStatus.BAD_REQUEST, "There is no such tenant"),
    EMAIL_TAKEN("user.email-taken", HttpStatus.CONFLICT, "The email belongs to another user"),
    USERNAME_TAKEN("user.username-taken", HttpStatus.CONFLICT, "The username belongs to another user"),
    CONCURRENT_CHANGE("user.concurrent-change", HttpStatus.CONFLICT, "The profile was changed meanwhile"),
    USER_NOT_FOUND("user.not-found", HttpStatus.NOT_FOUND, "There is no such user");

    private final Definition definition;

    AuthError(String code, HttpStatus status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
