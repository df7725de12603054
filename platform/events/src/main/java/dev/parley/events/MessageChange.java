package dev.parley.events;

/**
 * A stored message was changed. Changes of one message may be repeated; the first occurrences come in the order of their
 * revisions.
 */
public sealed interface MessageChange extends ConversationEvent
        permits MessageEdited, MessageDeleted, ReactionChanged, MessagePinned, MessageUnpinned {

    /** The message after the change. */
    MessageSnapshot message();

    /** The same change of a message in another form. */
    MessageChange of(MessageSnapshot other);

    @Override
    default String conversationId() {
        return message().conversationId();
    }
}
