package dev.parley.events;

import java.time.Instant;

/** Somebody in a conversation. */
public record Participant(UserSummary user, Role role, Instant joinedAt) {

    /** What a participant may do beyond taking part. */
    public enum Role {
        ADMIN,
        MEMBER
    }
}
