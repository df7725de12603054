package dev.parley.platform.fetch;

import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;

/** The errors of addresses that users name. */
public enum FetchError implements ErrorCode {
    NOT_ALLOWED("url.not-allowed", HttpStatus.BAD_REQUEST, "This address may not be fetched"),
    /** Nobody listens, or the answer is no success: one error for all, so that nobody learns what listens where. */
    NOT_FETCHED("url.not-fetched", HttpStatus.BAD_REQUEST, "The address did not give what is needed");

    private final Definition definition;

    FetchError(String code, HttpStatus status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
