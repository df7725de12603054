package dev.parley.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is at the time of an event.
 *
 * @param seq the message's place in its conversation: 1 for the first, without gaps
 * @param title set by surfaces that give messages a title
 * @param changes null while the message is as it was sent
 */
public record MessageSnapshot(
        String id,
        String tenantId,
        String conversationId,
        long seq,
        UserSummary sender,
        SenderKind senderKind,
        @Nullable String title,
        List<Block> blocks,
        @Nullable ReplyReference replyTo,
        Instant createdAt,
        @Nullable MessageChanges changes) {

    /** How often the message was changed before this snapshot. */
    public long revision() {
        return changes == null ? MessageChanges.NONE : changes.revision();
    }

    /** The same message with the sender's profile of another time. */
    public MessageSnapshot by(UserSummary otherSender) {
        return new MessageSnapshot(
                id, tenantId, conversationId, seq, otherSender, senderKind, title, blocks, replyTo, createdAt, changes);
    }
}
