package dev.parley.events;

/**
 * Somebody reacted to a message, or took a reaction back.
 *
 * @param userId who did
 * @param added false if it was taken back
 */
public record ReactionChanged(MessageSnapshot message, String userId, String emoji, boolean added)
        implements MessageChange {

    @Override
    public MessageChange withMessage(MessageSnapshot other) {
        return new ReactionChanged(other, userId, emoji, added);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
        return visitor.reactionChanged(this);
    }
}
