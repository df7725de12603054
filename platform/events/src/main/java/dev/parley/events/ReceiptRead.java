package dev.parley.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member read up to a position. Receipts of one member come in the order of {@code seq}.
 *
 * @param messageId the message at that position
 * @param afterSeq up to where the member had read before
 * @param messages the newest of the messages that were read now, without the reader's own, oldest first
 * @param fullyReadMessageIds those of the messages that everybody has read now whom their senders wrote them to
 * @param unreadCount what is left to read for the member
 * @param readOrdinal how many messages that count as unread there are up to {@code seq}; null from older versions
 * @param readSentOrdinal how many of those the member wrote; null from older versions
 */
public record ReceiptRead(
        String conversationId,
        String tenantId,
        String userId,
        String messageId,
        long seq,
        long afterSeq,
        Instant readAt,
        List<ReceivedMessage> messages,
        List<String> fullyReadMessageIds,
        long unreadCount,
        @Nullable Long readOrdinal,
        @Nullable Long readSentOrdinal)
        implements ConversationEvent {

    /** Without the numbers that counts are worked out from. */
    public ReceiptRead(
            String conversationId,
            String tenantId,
            String userId,
            String messageId,
            long seq,
            long afterSeq,
            Instant readAt,
            List<ReceivedMessage> messages,
            List<String> fullyReadMessageIds,
            long unreadCount) {
        this(
                conversationId,
                tenantId,
                userId,
                messageId,
                seq,
                afterSeq,
                readAt,
                messages,
                fullyReadMessageIds,
                unreadCount,
                null,
                null);
    }

    /** The same, with what everybody has read now. */
    public ReceiptRead withFullyRead(List<String> messageIds) {
        return new ReceiptRead(
                conversationId,
                tenantId,
                userId,
                messageId,
                seq,
                afterSeq,
                readAt,
                messages,
                messageIds,
                unreadCount,
                readOrdinal,
                readSentOrdinal);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.receiptRead(this);
    }
}
