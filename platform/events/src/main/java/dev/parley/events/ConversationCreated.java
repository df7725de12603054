package dev.parley.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation was created.
 *
 * @param participants all of its first participants
 */
public record ConversationCreated(
        String conversationId,
        String tenantId,
        ConversationKind kind,
        @Nullable String name,
        @Nullable String description,
        String createdBy,
        List<Participant> participants,
        Instant createdAt)
        implements ConversationEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.conversationCreated(this);
    }
}
