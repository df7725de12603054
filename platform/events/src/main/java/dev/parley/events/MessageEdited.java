package dev.parley.events;

/** The sender of a message gave it another text. */
public record MessageEdited(MessageSnapshot message) implements MessageChange {

    @Override
    public MessageChange withMessage(MessageSnapshot other) {
        return new MessageEdited(other);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
        return visitor.edited(this);
    }
}
