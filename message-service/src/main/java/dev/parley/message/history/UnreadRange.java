package dev.parley.message.history;

import dev.parley.events.ReceivedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read pointer passes when a user reads on.
 *
 * @param end where the pointer stands then
 * @param messages the newest messages of others that it passes, without system messages and tombstones, oldest first
 */
public record UnreadRange(ReadPosition end, List<ReceivedMessage> messages) {

    /**
     * Where a read pointer can stand.
     *
     * @param messageId the message there; null in an empty conversation
     * @param ordinal how many messages up to there count as unread; system messages do not count
     * @param senderOrdinal how many of those the reader wrote
     */
    public record ReadPosition(@Nullable String messageId, long seq, long ordinal, long senderOrdinal) {}
}
