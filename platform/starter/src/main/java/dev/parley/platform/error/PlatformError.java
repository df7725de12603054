package dev.parley.platform.error;

import org.springframework.http.HttpStatus;

/** The errors that every service can answer with. */
public enum PlatformError implements ErrorCode {
    INVALID_REQUEST("request.invalid", HttpStatus.BAD_REQUEST, "The request breaks a rule"),
    MALFORMED_REQUEST("request.malformed", HttpStatus.BAD_REQUEST, "The request cannot be read"),
    TOKEN_MISSING("auth.token-missing", HttpStatus.UNAUTHORIZED, "A bearer token is required"),
    TOKEN_INVALID("auth.invalid-token", HttpStatus.UNAUTHORIZED, "The token is not valid"),
    TOKEN_EXPIRED("auth.expired-token", HttpStatus.UNAUTHORIZED, "The token has expired"),
    INVALID_SERVICE_CREDENTIALS(
            "auth.invalid-service-credentials", HttpStatus.UNAUTHORIZED, "The calling service is not known"),
    FORBIDDEN("auth.forbidden", HttpStatus.FORBIDDEN, "Not allowed"),
    HEADER_MISMATCH("auth.header-mismatch", HttpStatus.FORBIDDEN, "A header contradicts the token or the body"),
    NO_SUCH_RESOURCE("request.no-such-resource", HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED("request.method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "Not with this method"),
    NOT_ACCEPTABLE("request.not-acceptable", HttpStatus.NOT_ACCEPTABLE, "Not in this form"),
    UNSUPPORTED_MEDIA_TYPE(
            "request.unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's type is not supported"),
    BODY_TOO_LARGE("request.body-too-large", HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    BODY_TOO_SLOW("request.body-too-slow", HttpStatus.REQUEST_TIMEOUT, "The body takes too long to come"),
    HEADERS_TOO_LARGE(
            "request.headers-too-large", HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large"),
    KEY_REUSED("request.key-reused", HttpStatus.CONFLICT, "The key belongs to a request for something else"),
    RATE_LIMITED("request.rate-limited", HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    STORAGE_FULL("storage.full", HttpStatus.INSUFFICIENT_STORAGE, "There is no room for more"),
    UNAVAILABLE("service.unavailable", HttpStatus.SERVICE_UNAVAILABLE, "A part of the platform is not available"),
    INTERNAL("service.internal-error", HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here");

    private final Definition definition;

    PlatformError(String code, HttpStatus status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
