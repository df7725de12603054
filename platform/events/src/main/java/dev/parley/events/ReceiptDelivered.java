package dev.parley.events;

import java.time.Instant;
import java.util.List;

/**
 * Messages up to a position reached a device of a member. Receipts of one member come in the order of {@code seq}.
 *
 * @param messages the newest of the messages that were delivered now, without the member's own, oldest first
 */
public record ReceiptDelivered(
        String conversationId,
        String tenantId,
        String userId,
        long seq,
        long afterSeq,
        Instant deliveredAt,
        List<ReceivedMessage> messages)
        implements ConversationEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.receiptDelivered(this);
    }
}
