package dev.parley.events;

/**
 * Somebody reacted to a message, or took a reaction back.
 *
 * @param userId who did
 * @param added false if it was taken back
 */
public record ReactionChanged(MessageSnapshot message, String userId, String emoji, boolean added)
        implements MessageChange {}
