package dev.parley.events;

/**
 * A stored message was changed. Changes of one message may be repeated; the first occurrences come in the order of their
 * revisions.
 */
public sealed interface MessageChange extends ConversationEvent
        permits MessageEdited,
                MessageDeleted,
                ReactionChanged,
                MessagePinned,
                MessageUnpinned,
                MessageAttachmentsProcessed {

    /** The message after the change. */
    MessageSnapshot message();

    /** The same change of a message in another form. */
    MessageChange withMessage(MessageSnapshot other);

    @Override
    default String conversationId() {
        return message().conversationId();
    }

    /** Whether the message was deleted for everyone. */
    default boolean deletes() {
        return false;
    }

    <R> R accept(ChangeVisitor<R> visitor);

    @Override
    default <R> R accept(Visitor<R> visitor) {
        return visitor.messageChanged(this);
    }

    /** One case for each kind of change. */
    interface ChangeVisitor<R> {
        R edited(MessageEdited change);

        R deleted(MessageDeleted change);

        R reactionChanged(ReactionChanged change);

        R pinned(MessagePinned change);

        R unpinned(MessageUnpinned change);

        R attachmentsProcessed(MessageAttachmentsProcessed change);
    }
}
