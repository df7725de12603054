package dev.parley.notification;

import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;

/** The errors of this service, beside those of every service. */
public enum NotificationError implements ErrorCode {
    CONCURRENT_CHANGE("user.concurrent-change", HttpStatus.CONFLICT, "The preferences were changed meanwhile"),
    NO_SUCH_LINK("user.no-such-link", HttpStatus.NOT_FOUND, "The link is not one that was made here");

    private final Definition definition;

    NotificationError(String code, HttpStatus status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
