package dev.parley.presence.chatcore;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which commands of one socket are run in the order sent: those of the same order that are about the same thing. */
enum CommandOrder {
    /** Changes nothing, so it waits for no other. */
    FREE(""),
    /** What is said in a conversation. */
    CONVERSATION("conversationId"),
    /** How far a conversation was read. */
    READING("conversationId"),
    /** Whether the socket listens to a conversation. */
    LISTENING("conversationId"),
    /** What becomes of a message. */
    MESSAGE("messageId");

    private final String field;

    CommandOrder(String field) {
        this.field = field;
    }

    /** Equal for commands of which one waits for the other; null if the command waits for none, or fails anyway. */
    @Nullable Object key(JsonNode argument) {
        JsonNode subject = argument.isObject() ? argument.path(field) : argument;
        return this != FREE && subject.isString() && subject.asString().length() <= SubjectId.MAX_LENGTH
                ? this + " " + subject.asString()
                : null;
    }
}
