package dev.parley.message;

import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;

/** The errors of message-service. */
public enum MessageError implements ErrorCode {
    MESSAGE_NOT_FOUND("message.not-found", HttpStatus.NOT_FOUND, "There is no such message"),
    NOT_A_MEMBER("conversation.not-a-member", HttpStatus.FORBIDDEN, "Only for members"),
    ONLY_ADMINS_MAY_WRITE("message.only-admins-may-write", HttpStatus.FORBIDDEN, "Only admins may write here"),
    SYSTEM_MESSAGE("message.notice", HttpStatus.FORBIDDEN, "A notice stays as it is"),
    NOT_THE_SENDER("message.not-the-sender", HttpStatus.FORBIDDEN, "Only the sender may do this"),
    EDIT_WINDOW_CLOSED("message.edit-window-closed", HttpStatus.FORBIDDEN, "It is too late to edit the message"),
    DELETE_WINDOW_CLOSED("message.delete-window-closed", HttpStatus.FORBIDDEN, "It is too late to delete the message"),
    EDITS_NOT_SHOWN("message.edits-not-shown", HttpStatus.FORBIDDEN, "Earlier texts are not shown"),
    DELETED("message.deleted", HttpStatus.CONFLICT, "The message was deleted"),
    TOO_MANY_REACTIONS("message.too-many-reactions", HttpStatus.CONFLICT, "The message has all reactions it can have"),
    TOO_MANY_PINS("message.too-many-pins", HttpStatus.CONFLICT, "The conversation has all pins it can have"),
    TOO_MANY_STARS("message.too-many-stars", HttpStatus.CONFLICT, "All messages that can be marked are"),
    TOO_MANY_HIDDEN("message.too-many-hidden", HttpStatus.CONFLICT, "All messages that can be deleted for oneself are"),
    MESSAGE_BUSY("message.busy", HttpStatus.TOO_MANY_REQUESTS, "Too many changes at once"),
    EMPTY_MESSAGE("message.empty", HttpStatus.BAD_REQUEST, "A message needs text or an attachment"),
    REPLY_NOT_FOUND("message.reply-not-found", HttpStatus.BAD_REQUEST, "The answered message is not in this chat"),
    CONVERSATION_BUSY("message.conversation-busy", HttpStatus.TOO_MANY_REQUESTS, "Too many messages at once"),
    SEARCH_TOO_SLOW("message.search-too-slow", HttpStatus.SERVICE_UNAVAILABLE, "The search took too long");

    private final Definition definition;

    MessageError(String code, HttpStatus status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
