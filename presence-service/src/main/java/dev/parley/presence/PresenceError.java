package dev.parley.presence;

import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;

/** The errors of presence-service. */
public enum PresenceError implements ErrorCode {
    UNKNOWN_EVENT("socket.unknown-event", HttpStatus.NOT_FOUND, "There is no such event"),
    NOT_IN_ROOM("conversation.not-a-member", HttpStatus.FORBIDDEN, "Only for members of the conversation");

    private final String code;
    private final HttpStatus status;
    private final String title;

    PresenceError(String code, HttpStatus status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
