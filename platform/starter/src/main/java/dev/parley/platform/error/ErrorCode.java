package dev.parley.platform.error;

import org.springframework.http.HttpStatus;

/** An entry of a service's error catalogue. Each service lists its own in one enum. */
public interface ErrorCode {

    /** The stable name that clients match on, such as {@code message.not-found}. */
    String code();

    HttpStatus status();

    /** What it means, in a few words; the same for every occurrence. */
    String title();
}
