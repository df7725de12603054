package dev.parley.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message was stored.
 *
 * @param seq the message's place in its conversation: 1 for the first, without gaps. Within a partition the first
 *     occurrences of a conversation's messages stand in the order of {@code seq}; an occurrence may be repeated.
 * @param clientId what the sender called the message before it had an id; only the sender's own devices see it
 */
public record MessageCreated(
        String messageId,
        String tenantId,
        String conversationId,
        long seq,
        UserSummary sender,
        SenderKind senderKind,
        @Nullable String title,
        List<Block> blocks,
        @Nullable String clientId,
        Instant createdAt)
        implements ConversationEvent {

    /** What a sender is. */
    public enum SenderKind {
        USER,
        BOT,
        SYSTEM
    }
}
