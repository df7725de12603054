package dev.parley.surface.chatcore;

import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in the form of {@code /api/v1}, the same in an answer and in an event.
 *
 * @param conversationType {@code direct} (also for notes to self) or {@code group}
 * @param participants as many as a list names; {@code participantCount} tells how many there are
 */
public record ConversationView(
        String id,
        String tenantId,
        String conversationType,
        @Nullable String name,
        @Nullable String description,
        List<ParticipantView> participants,
        int participantCount,
        @Nullable MessageView lastMessage,
        String createdBy,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt) {

    public static ConversationView of(
            String id,
            String tenantId,
            ConversationKind kind,
            @Nullable String name,
            @Nullable String description,
            List<Participant> participants,
            int participantCount,
            @Nullable MessageSnapshot lastMessage,
            String createdBy,
            Instant createdAt,
            Instant updatedAt) {
        return new ConversationView(
                id,
                tenantId,
                kind == ConversationKind.GROUP ? "group" : "direct",
                name,
                description,
                participants.stream().map(ParticipantView::of).toList(),
                participantCount,
                lastMessage == null ? null : MessageView.of(lastMessage, null),
                createdBy,
                true,
                createdAt,
                updatedAt);
    }

    /** @param maxParticipants how many participants are named */
    public static ConversationView of(ConversationCreated created, int maxParticipants) {
        return of(
                created.conversationId(),
                created.tenantId(),
                created.kind(),
                created.name(),
                created.description(),
                created.participants().stream().limit(maxParticipants).toList(),
                created.participants().size(),
                null,
                created.createdBy(),
                created.createdAt(),
                created.createdAt());
    }
}
