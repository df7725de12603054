package dev.parley.events;

/** A member took a pin away. */
public record MessageUnpinned(MessageSnapshot message, String unpinnedBy) implements MessageChange {

    @Override
    public MessageChange withMessage(MessageSnapshot other) {
        return new MessageUnpinned(other, unpinnedBy);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
        return visitor.unpinned(this);
    }
}
