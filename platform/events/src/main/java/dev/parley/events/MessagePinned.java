package dev.parley.events;

/** A member pinned a message for everybody in its conversation. */
public record MessagePinned(MessageSnapshot message) implements MessageChange {

    @Override
    public MessageChange withMessage(MessageSnapshot other) {
        return new MessagePinned(other);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
        return visitor.pinned(this);
    }
}
