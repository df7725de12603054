package dev.parley.events;

import java.time.Instant;
import java.util.List;

/**
 * Messages have been read by all whom their senders wrote them to, because somebody who had not read them is no longer a
 * member.
 *
 * @param seq of the system message about the leaving
 * @param readings by the member who was the last to read the messages, each message once
 */
public record ReceiptCompleted(String conversationId, String tenantId, long seq, List<LastReading> readings)
        implements ConversationEvent {

    /** @param messages oldest first */
    public record LastReading(String userId, Instant readAt, List<ReceivedMessage> messages) {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.receiptCompleted(this);
    }
}
