package dev.parley.message.chatcore;

import dev.parley.message.MessageError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorCode;
import org.springframework.http.HttpStatus;

/** Errors of message-service that chat-core clients know by names of their own. */
enum ChatCoreError implements ErrorCode {
    TEMP_ID_REUSED("message.temp-id-reused", HttpStatus.CONFLICT, "The tempId names a message elsewhere");

    private final Definition definition;

    ChatCoreError(String code, HttpStatus status, String title) {
        this.definition = new Definition(code, status, title);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    /** The failure as chat-core clients know it. */
    static ApiException named(ApiException failure) {
        return failure.code() == MessageError.CLIENT_ID_REUSED
                ? ApiException.of(TEMP_ID_REUSED, "This tempId was used in another conversation")
                : failure;
    }
}
