package dev.parley.conversation.messageservice;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.events.CountStart;
import dev.parley.events.ReceivedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one user has not read, up to a position.
 *
 * @param position where the range ends
 * @param messages the newest of the range, oldest first: those of others that were not deleted for everyone, without
 *     system messages
 */
public record UnreadRange(@JsonProperty("place") MessagePosition position, List<ReceivedMessage> messages) {

    /**
     * The position of a message in its conversation.
     *
     * @param messageId null in an empty conversation
     * @param seq 0 in an empty conversation
     * @param ordinal how many messages that count as unread there are up to this position
     * @param senderOrdinal how many of those the user wrote
     */
    public record MessagePosition(@Nullable String messageId, long seq, long ordinal, long senderOrdinal) {

        /** Nothing up to this position counts as unread for the user. */
        public CountStart countStart() {
            return new CountStart(seq, ordinal, senderOrdinal);
        }
    }
}
