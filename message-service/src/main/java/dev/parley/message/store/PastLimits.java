package dev.parley.message.store;

/**
 * How much of a message's past is kept.
 *
 * @param maxEdits earlier texts, the newest
 * @param maxCharacters characters (UTF-16 units) of those in all
 */
public record PastLimits(int maxEdits, int maxCharacters) {}
