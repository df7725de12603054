package dev.parley.conversation;

import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;

/** The errors of conversation-service. */
public enum ConversationError implements ErrorCode {
    NOT_FOUND("conversation.not-found", HttpStatus.NOT_FOUND, "There is no such conversation"),
    MESSAGE_NOT_FOUND("message.not-found", HttpStatus.NOT_FOUND, "There is no such message in the conversation"),
    BUSY("conversation.busy", HttpStatus.SERVICE_UNAVAILABLE, "Too many change this at once"),
    TOO_MANY_PINNED("conversation.too-many-pinned", HttpStatus.BAD_REQUEST, "No more conversations can be pinned"),
    NOT_A_MEMBER("conversation.not-a-member", HttpStatus.FORBIDDEN, "Only for members of the conversation"),
    NOT_PERMITTED("conversation.not-permitted", HttpStatus.FORBIDDEN, "The membership does not permit this"),
    TOO_MANY_PARTICIPANTS(
            "conversation.too-many-participants", HttpStatus.BAD_REQUEST, "The group would have too many members"),
    NOT_A_GROUP("conversation.not-a-group", HttpStatus.BAD_REQUEST, "Only for groups"),
    NOT_AN_ADMIN("conversation.not-an-admin", HttpStatus.FORBIDDEN, "Only for admins of the group"),
    NO_SUCH_PARTICIPANT("conversation.no-such-participant", HttpStatus.NOT_FOUND, "The user is not in the group"),
    NOT_A_CONTACT("conversation.not-a-contact", HttpStatus.FORBIDDEN, "Only contacts can be added"),
    INVITATION_DECLINED(
            "conversation.invitation-declined", HttpStatus.FORBIDDEN, "Who declined cannot be invited again"),
    TOO_MANY_INVITATIONS(
            "conversation.too-many-invitations", HttpStatus.CONFLICT, "Too many invitations wait for an answer"),
    NO_SUCH_INVITATION("conversation.no-such-invitation", HttpStatus.NOT_FOUND, "There is no such invitation"),
    LAST_ADMIN("conversation.last-admin", HttpStatus.CONFLICT, "The group would be left without an admin");

    private final Definition definition;

    ConversationError(String code, HttpStatus status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
