package dev.parley.surface.chatcore;

import dev.parley.events.Participant;
import dev.parley.events.UserSummary;
import java.time.Instant;

/**
 * Somebody in a conversation.
 *
 * @param role {@code admin} or {@code member}
 */
public record ParticipantView(String userId, String role, Instant joinedAt, boolean isActive, UserSummary user) {

    public static ParticipantView of(Participant participant) {
        return new ParticipantView(
                participant.user().id(), role(participant.role()), participant.joinedAt(), true, participant.user());
    }

    public static String role(Participant.Role role) {
        return role == Participant.Role.ADMIN ? "admin" : "member";
    }
}
