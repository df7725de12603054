package dev.parley.conversation.access;

import dev.parley.conversation.ConversationError;
import dev.parley.platform.error.ApiException;

/** Why somebody may not do something in a conversation. */
enum Refusal {
    NOT_A_MEMBER(ConversationError.NOT_A_MEMBER, "You are not in this conversation"),
    NOT_A_MEMBER_ANY_MORE(ConversationError.NOT_A_MEMBER, "You are not in this conversation any more"),
    NOT_PERMITTED(ConversationError.NOT_PERMITTED, "Your membership does not permit this"),
    NOT_A_GROUP(ConversationError.NOT_A_GROUP, "This conversation is not a group"),
    NOT_AN_ADMIN(ConversationError.NOT_AN_ADMIN, "You are not an admin of this group");

    private final ConversationError error;
    private final String detail;

    Refusal(ConversationError error, String detail) {
        this.error = error;
        this.detail = detail;
    }

    ApiException failure() {
        return ApiException.of(error, detail);
    }
}
