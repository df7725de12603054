package dev.parley.conversation;

import dev.parley.events.Block;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.EventCatalogue;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A conversation.
 *
 * @param uniqueKey what there may be only one conversation for: a pair of users, or one request to create it; else null
 * @param fingerprint of what the request asked for that {@code uniqueKey} names; null without one, for a pair of users, and in
 *     a document from before there were fingerprints
 * @param iconFileId the file that is its icon
 * @param roster its first participants, as many as lists name; the memberships say who all the participants are
 * @param lastSeq the {@code seq} of {@code lastMessage}; 0 while there is none
 * @param lastActivityAt when it last changed or got a message
 * @param deletedAt when it was deleted for everybody
 * @param revision how many membership changes were begun; each change is checked against the state after the one before it
 * @param pending the change of the membership that is under way; there is one at a time
 * @param pendingSince when that was begun
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
        @Nullable String fingerprint,
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

    /** The unique key of the direct conversation of two users, or of the notes of one. */
    public static String directKey(Set<String> userIds) {
        return "direct/" + userIds.stream().sorted().collect(Collectors.joining("/"));
    }

    /** Whether everybody whom a message was written to has read it. */
    public boolean isFullyRead(long seq) {
        return progress.fullyReadSeq() >= seq;
    }

    /** Whether a message reached a device of somebody whom it was written to. */
    public boolean isDelivered(long seq) {
        return progress.deliveredSeq() >= seq;
    }

    /**
     * The event of its creation, until that is known to be published. Whatever another service publishes of the conversation
     * goes behind it.
     */
    public @Nullable PendingEvent unpublishedCreation() {
        return Objects.requireNonNullElse(outbox, List.<PendingEvent>of()).stream()
                .filter(Conversation::isCreation)
                .findFirst()
                .orElse(null);
    }

    private static boolean isCreation(PendingEvent event) {
        return EventCatalogue.named(event.type())
                .filter(entry -> entry.dataClass() == ConversationCreated.class)
                .isPresent();
    }

    /**
     * The conversation as it was when a member left.
     *
     * @param leftAt after that, nothing happened in it for the former member
     */
    public Conversation asOf(ConversationSnapshot snapshot, Instant leftAt) {
        return new Conversation(
                id,
                tenantId,
                kind,
                snapshot.name(),
                snapshot.description(),
                snapshot.iconFileId(),
                uniqueKey,
                fingerprint,
                createdBy,
                snapshot.settings(),
                snapshot.roster(),
                snapshot.participantCount(),
                lastSeq,
                lastMessage,
                new Progress(
                        progress.lastOrdinal(),
                        progress.tombstones(),
                        snapshot.deliveredSeq(),
                        snapshot.fullyReadSeq()),
                leftAt,
                createdAt,
                leftAt,
                deletedAt,
                revision,
                pending,
                pendingSince,
                outbox,
                outboxSince);
    }

    /** A participant without the profile, which may change. */
    public record RosterEntry(String userId, Participant.Role role, Instant joinedAt) {

        public static RosterEntry of(Participant participant) {
            return new RosterEntry(participant.user().id(), participant.role(), participant.joinedAt());
        }

        public static RosterEntry of(Membership member) {
            return new RosterEntry(member.userId(), member.role(), member.joinedAt());
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
     * @param tombstones the newest of the messages that were deleted for everyone, by {@code seq}
     * @param deliveredSeq up to where messages reached somebody other than their sender
     * @param fullyReadSeq the newest last message that everybody has read
     */
    public record Progress(long lastOrdinal, List<Tombstone> tombstones, long deliveredSeq, long fullyReadSeq) {

        public static final Progress NONE = new Progress(0, List.of(), 0, 0);

        /** The {@code seq} of a deleted message, which no longer counts as unread. */
        public record Tombstone(long seq, String senderId) {}
    }

    /**
     * A change of the membership that was allowed, with all that is needed to carry it out.
     *
     * @param revision of the first system message; each further one has one more. message-service knows the system message
     *     by it
     * @param notices the contents of the system messages, in their order; at least one
     * @param fromTheBeginning whether new members see the messages before their joining
     * @param hides whether those who leave delete the conversation for themselves
     * @param roster as it is afterwards
     * @param participantCount as it is afterwards
     * @param shared whether others than the one who began it carry it out, too, so that it cannot be withdrawn
     * @param before what the conversation was when it was begun, for the one who leaves it; null if nobody does who sees it
     *     afterwards
     */
    public record PendingChange(
            long revision,
            UserSummary actor,
            List<Block.Notice> notices,
            boolean fromTheBeginning,
            boolean hides,
            List<RosterEntry> roster,
            int participantCount,
            boolean shared,
            @Nullable ConversationSnapshot before) {

        /** Whether it makes the user join or leave, or changes the role of the user. */
        public boolean concerns(String userId) {
            return notices.stream()
                    .flatMap(notice -> notice.members().stream())
                    .anyMatch(member -> member.user().id().equals(userId));
        }
    }
}
