package dev.parley.message.store;

/**
 * Where a message stands in its conversation.
 *
 * @param seq 1 for the first message, one more for each after it, without gaps
 * @param ordinal how many messages up to this one count as unread for others; system messages do not count
 * @param senderOrdinal how many of those the sender of this message wrote
 */
public record MessagePosition(long seq, long ordinal, long senderOrdinal) {}
