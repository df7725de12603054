package dev.parley.events;

/**
 * From where on the messages of a conversation count as unread for a member.
 *
 * @param seq the last one that does not
 * @param ordinal how many messages that count as unread there are up to {@code seq}
 * @param sentOrdinal how many of those the member wrote
 */
public record CountStart(long seq, long ordinal, long sentOrdinal) {}
