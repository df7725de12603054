package dev.parley.conversation.messageservice;

import dev.parley.events.ReceivedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a conversation up to a place, as one user counts them.
 *
 * @param messages the newest after the place that was asked for, oldest first: those of others that were not deleted for
 *     everyone, without notices
 */
public record UnreadRange(Place place, List<ReceivedMessage> messages) {

    /**
     * Where the stretch ends.
     *
     * @param messageId null in an empty conversation
     * @param seq 0 in an empty conversation
     * @param ordinal how many messages that count as unread stand here or before
     * @param senderOrdinal how many of those the user wrote
     */
    public record Place(@Nullable String messageId, long seq, long ordinal, long senderOrdinal) {}
}
