package dev.parley.events;

/**
 * A message was deleted for everyone: a tombstone without content stays in its place.
 *
 * @param deletedBy the sender, or an admin of the group
 */
public record MessageDeleted(MessageSnapshot message, String deletedBy) implements MessageChange {

    @Override
    public boolean deletes() {
        return true;
    }

    @Override
    public MessageChange withMessage(MessageSnapshot other) {
        return new MessageDeleted(other, deletedBy);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
        return visitor.deleted(this);
    }
}
