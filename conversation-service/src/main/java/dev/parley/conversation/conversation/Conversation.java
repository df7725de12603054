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
 * @param iconFileId the file that is its icon
 * @param roster its first participants, as many as lists name; who is in it is told by the memberships
 * @param lastSeq the place of {@code lastMessage}; 0 while there is none
 * @param lastActivityAt when it last changed or got a message
 * @param hiddenFor the members who deleted a direct conversation for themselves; it comes back to them with the next message
 * @param deletedAt when it was deleted for everybody
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
        List<String> hiddenFor,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
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
    public record RosterEntry(String userId, Participant.Role role, Instant joinedAt) {}

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
}
