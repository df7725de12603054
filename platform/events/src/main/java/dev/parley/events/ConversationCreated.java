package dev.parley.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation was created, with its first participants. */
public record ConversationCreated(
        String conversationId,
        String tenantId,
        Kind kind,
        @Nullable String name,
        @Nullable String description,
        String createdBy,
        List<Participant> participants,
        Instant createdAt)
        implements ConversationEvent {

    public enum Kind {
        DIRECT,
        GROUP,
        SELF
    }

    public record Participant(UserSummary user, Role role, Instant joinedAt) {}

    public enum Role {
        ADMIN,
        MEMBER
    }
}
