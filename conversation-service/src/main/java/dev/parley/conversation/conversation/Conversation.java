package dev.parley.conversation.conversation;

import dev.parley.events.ConversationKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A conversation.
 *
 * @param uniqueKey what there may be only one conversation for: a pair of users, or one request to create it; else null
 * @param roster its first participants, as many as lists name; who is in it is told by the memberships
 * @param lastSeq the place of {@code lastMessage}; 0 while there is none
 * @param lastActivityAt when it last changed or got a message
 * @param outbox its events that may not have been published yet
 */
@Document(ConversationStore.COLLECTION)
public record Conversation(
        @Id String id,
        String tenantId,
        ConversationKind kind,
        @Nullable String name,
        @Nullable String description,
        @Nullable String uniqueKey,
        String createdBy,
        List<RosterEntry> roster,
        int participantCount,
        long lastSeq,
        @Nullable MessageSnapshot lastMessage,
        Instant lastActivityAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable List<PendingEvent> outbox,
        @Nullable Instant outboxSince) {

    /** A participant without the profile, which may change. */
    public record RosterEntry(String userId, Participant.Role role, Instant joinedAt) {}
}
