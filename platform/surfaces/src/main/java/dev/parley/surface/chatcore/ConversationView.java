package dev.parley.surface.chatcore;

import dev.parley.events.ConversationKind;
import dev.parley.events.Participant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in the form of {@code /api/v1}, the same in an answer and in an event, as one member sees it: see
 * {@link #of}. Flat for the same reason as {@link MessageView}.
 *
 * @param conversationType {@code direct} (also for notes to self) or {@code group}
 * @param iconUrl null while it has none
 * @param participants all of them up to a limit; of more, the first by joining, beside them the admins and the member
 * @param participantsTruncated whether there are others than {@code participants} names
 * @param lastMessage the newest that the member sees
 * @param role the member's own: {@code admin} or {@code member}; for a former member the last
 * @param isActive whether the member can still take part
 * @param encryptionMode {@code none} or {@code server}
 */
public record ConversationView(
        String id,
        String tenantId,
        String conversationType,
        @Nullable String name,
        @Nullable String description,
        @Nullable String iconUrl,
        List<ParticipantView> participants,
        int participantCount,
        boolean participantsTruncated,
        String role,
        SettingsView settings,
        @Nullable MessageView lastMessage,
        String createdBy,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt,
        long unreadCount,
        boolean isPinned,
        boolean isMuted,
        @Nullable Instant mutedUntil,
        boolean notificationsEnabled,
        String encryptionMode) {

    /**
     * What the conversation itself is, the same for everybody.
     *
     * @param iconUrl null while it has none
     * @param createdBy the id of who created it
     */
    public record Profile(
            String id,
            String tenantId,
            ConversationKind kind,
            @Nullable String name,
            @Nullable String description,
            @Nullable String iconUrl,
            SettingsView settings,
            String createdBy,
            Instant createdAt,
            Instant updatedAt,
            String encryptionMode) {}

    /**
     * Who is in it.
     *
     * @param listed as many as a list names
     * @param count how many there are
     * @param isTruncated whether {@code listed} leaves some out
     */
    public record Members(List<ParticipantView> listed, int count, boolean isTruncated) {

        /** For a former member: who came and went since is not told. */
        public static final Members UNTOLD = new Members(List.of(), 0, false);
    }

    /**
     * What is the member's own.
     *
     * @param role {@code admin} or {@code member}
     * @param mutedUntil null if not muted, or muted without an end
     */
    public record Personal(
            String role,
            boolean isActive,
            long unreadCount,
            boolean isPinned,
            boolean isMuted,
            @Nullable Instant mutedUntil) {

        /** What a conversation is to a member who has just come into it. */
        public static final Personal NEW =
                new Personal(ParticipantView.role(Participant.Role.MEMBER), true, 0, false, false, null);
    }

    public static ConversationView of(
            Profile profile, Members members, Personal personal, @Nullable MessageView lastMessage) {
        return new ConversationView(
                profile.id(),
                profile.tenantId(),
                type(profile.kind()),
                profile.name(),
                profile.description(),
                profile.iconUrl(),
                members.listed(),
                members.count(),
                members.isTruncated(),
                personal.role(),
                profile.settings(),
                lastMessage,
                profile.createdBy(),
                personal.isActive(),
                profile.createdAt(),
                profile.updatedAt(),
                personal.unreadCount(),
                personal.isPinned(),
                personal.isMuted(),
                personal.mutedUntil(),
                !personal.isMuted(),
                profile.encryptionMode());
    }

    public static String type(ConversationKind kind) {
        return kind == ConversationKind.DIRECT || kind == ConversationKind.SELF ? "direct" : "group";
    }
}
