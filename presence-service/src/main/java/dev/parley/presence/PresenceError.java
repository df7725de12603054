package dev.parley.presence;

import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;

/** The errors of presence-service. */
public enum PresenceError implements ErrorCode {
    OVERLOADED("socket.overloaded", HttpStatus.SERVICE_UNAVAILABLE, "Other events of the socket took too long"),
    UNKNOWN_EVENT("socket.unknown-event", HttpStatus.NOT_FOUND, "There is no such event"),
    NOT_A_MEMBER("conversation.not-a-member", HttpStatus.FORBIDDEN, "Only for members of the conversation"),
    TOO_FAR_BEHIND("conversation.too-far-behind", HttpStatus.CONFLICT, "Too much was missed to be asked for: reload"),
    USER_NOT_FOUND("user.not-found", HttpStatus.NOT_FOUND, "There is no such user");

    private final Definition definition;

    PresenceError(String code, HttpStatus status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
