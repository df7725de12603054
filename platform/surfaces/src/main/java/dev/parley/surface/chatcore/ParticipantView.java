package dev.parley.surface.chatcore;

import dev.parley.events.Participant;
import dev.parley.platform.file.FileUrls;
import java.time.Instant;

/**
 * Somebody in a conversation.
 *
 * @param role {@code admin} or {@code member}
 */
public record ParticipantView(String userId, String role, Instant joinedAt, boolean isActive, PersonView user) {

    public static ParticipantView of(Participant participant, FileUrls urls) {
        return of(PersonView.of(participant.user(), urls), participant.role(), participant.joinedAt());
    }

    public static ParticipantView of(PersonView user, Participant.Role role, Instant joinedAt) {
        return new ParticipantView(user.id(), role(role), joinedAt, true, user);
    }

    public static String role(Participant.Role role) {
        return role == Participant.Role.ADMIN ? "admin" : "member";
    }
}
