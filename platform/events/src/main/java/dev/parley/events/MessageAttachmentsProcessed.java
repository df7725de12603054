package dev.parley.events;

/** The platform has looked through a file of a message, and knows more of it now: how large or how long it is, how a small picture looks. */
public record MessageAttachmentsProcessed(MessageSnapshot message) implements MessageChange {

    @Override
    public MessageChange withMessage(MessageSnapshot other) {
        return new MessageAttachmentsProcessed(other);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
        return visitor.attachmentsProcessed(this);
    }
}
