package dev.parley.conversation;

import dev.parley.events.Block;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.UserSummary;
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
 * @param iconFileId the file that is its icon
 * @param roster its first participants, as many as lists name; who is in it is told by the memberships
 * @param lastSeq the place of {@code lastMessage}; 0 while there is none
 * @param lastActivityAt when it last changed or got a message
 * @param deletedAt when it was deleted for everybody
 * @param revision how many changes of the membership were noted; each is judged by what the one before it left
 * @param pending the change of the membership that is under way; there is one at a time
 * @param pendingSince when that was noted
 * @param outbox its events that may not have been published yet
 */
@Document(ConversationStore.COLLECTION)
public record Conversation(
        @Id String id,
        String tenantId,
        ConversationKind kind,
        @Nullable String name,
        @Nullable String description,
        @Nullable String iconFileId,
        @Nullable String uniqueKey,
        String createdBy,
        Settings settings,
        List<RosterEntry> roster,
        int participantCount,
        long lastSeq,
        @Nullable MessageSnapshot lastMessage,
        Progress progress,
        Instant lastActivityAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        long revision,
        @Nullable PendingChange pending,
        @Nullable Instant pendingSince,
        @Nullable List<PendingEvent> outbox,
        @Nullable Instant outboxSince) {

    /** How far a message that somebody sees as the last has come: {@code sent}, {@code delivered} or {@code read}. */
    public String deliveryStatus(long seq) {
        if (progress.fullyReadSeq() >= seq) {
            return "read";
        }
        return progress.deliveredSeq() >= seq ? "delivered" : "sent";
    }

    /** A participant without the profile, which may change. */
    public record RosterEntry(String userId, Participant.Role role, Instant joinedAt) {

        public static RosterEntry of(Participant participant) {
            return new RosterEntry(participant.user().id(), participant.role(), participant.joinedAt());
        }
    }

    /**
     * The rules of the conversation.
     *
     * @param editWindowSeconds how long after sending it its sender can edit a message
     * @param deleteWindowSeconds how long after sending it its sender can delete a message for everyone
     */
    public record Settings(
            boolean onlyAdminsCanMessage,
            boolean onlyAdminsCanAddMembers,
            boolean historyVisibleToNewMembers,
            long editWindowSeconds,
            long deleteWindowSeconds) {}

    /**
     * What unread counts and receipts are worked out from, together with a member's own pointers.
     *
     * @param lastOrdinal how many messages that count as unread there are
     * @param tombstones the newest of the messages that were deleted for everyone, by place
     * @param deliveredSeq up to where messages reached somebody other than their sender
     * @param fullyReadSeq the newest last message that everybody has read
     */
    public record Progress(long lastOrdinal, List<Tombstone> tombstones, long deliveredSeq, long fullyReadSeq) {

        public static final Progress NONE = new Progress(0, List.of(), 0, 0);

        /** The place of a message that does not count as unread any more. */
        public record Tombstone(long seq, String senderId) {}
    }

    /**
     * A change of the membership that was allowed, with all that is needed to carry it out.
     *
     * @param revision of the first notice; each further one is one more. It names the notice for message-service.
     * @param notices in their order, at least one
     * @param fromTheBeginning whether those who come see what was written before
     * @param hides whether those who go delete the conversation for themselves
     * @param roster as it is afterwards
     * @param participantCount as it is afterwards
     * @param shared whether others than the one who noted it have begun to carry it out, so that it cannot be withdrawn
     */
    public record PendingChange(
            long revision,
            UserSummary actor,
            List<Block.Notice> notices,
            boolean fromTheBeginning,
            boolean hides,
            List<RosterEntry> roster,
            int participantCount,
            boolean shared) {

        /** Whether it makes the user come, go, or have another role. */
        public boolean concerns(String userId) {
            return notices.stream()
                    .flatMap(notice -> notice.members().stream())
                    .anyMatch(member -> member.user().id().equals(userId));
        }
    }
}
