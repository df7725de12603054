package dev.parley.message.store;

/**
 * Where a message stands in its conversation.
 *
 * @param seq one more than the message before it
 * @param ordinal how many messages that count, which notices do not, stand here or before it
 * @param senderOrdinal how many of those its sender wrote
 */
public record MessagePosition(long seq, long ordinal, long senderOrdinal) {}
