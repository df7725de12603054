package dev.parley.events;

import java.time.Instant;
import java.util.List;

/**
 * A member read up to a position. Receipts of one member come in the order of {@code seq}.
 *
 * @param messageId the message at that position
 * @param afterSeq up to where the member had read before
 * @param messages the newest of the messages that were read now, without the reader's own, oldest first
 * @param fullyReadMessageIds those of the messages that everybody has read now whom their senders wrote them to
 * @param unreadCount what is left to read for the member
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
        long unreadCount)
        implements ConversationEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.receiptRead(this);
    }
}
