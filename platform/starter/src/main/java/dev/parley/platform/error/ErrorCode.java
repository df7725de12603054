package dev.parley.platform.error;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** An entry of a service's error catalogue. Each service lists its own in one enum. */
public interface ErrorCode {

    /**
     * @param code the stable name that clients match on, such as {@code message.not-found}
     * @param title what it means, in a few words; the same for every occurrence
     */
    record Definition(String code, HttpStatusCode status, String title) {}

    Definition definition();

    default String code() {
        return definition().code();
    }

    /** The same as a URI, for problem details (RFC 9457, section 3.1.1). */
    default String type() {
        return "urn:parley:error:" + code();
    }

    default HttpStatusCode status() {
        return definition().status();
    }

    /** Whether the request is at fault, and not a service. */
    default boolean isRefusal() {
        return status().is4xxClientError();
    }

    /** Whether the caller is not signed in (any more). */
    default boolean isUnauthorized() {
        return status() == HttpStatus.UNAUTHORIZED;
    }

    default boolean isForbidden() {
        return status() == HttpStatus.FORBIDDEN;
    }

    default boolean isNotFound() {
        return status() == HttpStatus.NOT_FOUND;
    }

    /** Whether there were too many requests: a later one may succeed. */
    default boolean isRateLimited() {
        return status() == HttpStatus.TOO_MANY_REQUESTS;
    }

    /** Whether a part of the platform is away or busy: the client is always told when to try again. */
    default boolean isUnavailable() {
        return status() == HttpStatus.SERVICE_UNAVAILABLE;
    }

    default String title() {
        return definition().title();
    }
}
