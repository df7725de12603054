package dev.parley.conversation;

import dev.parley.events.CountStart;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A user's membership in a conversation. It is kept after the user has left: a former member still sees what a member saw.
 *
 * @param id conversation id and user id in one
 * @param approved whether the membership counts: who is not approved sees and writes nothing
 * @param permissions {@link Permission}s by their stored names; empty for all. Other names have no effect
 * @param windows the ranges of messages that the member may see, oldest first; the last has no end while active
 * @param changedSeq the {@code seq} of the system message that last changed the membership; earlier ones have no effect
 * @param active whether the user is a member now
 * @param farewell the system message about the leaving: the newest message that a former member sees; null for a member
 * @param left what the conversation was when the user left it; null for a member, and for who left before that was kept
 * @param latest what the member sees as the newest message instead of one that the member deleted; null if nothing else
 */
@Document(MembershipStore.COLLECTION)
public record Membership(
        @Id String id,
        String tenantId,
        String conversationId,
        String userId,
        Role role,
        boolean approved,
        List<String> permissions,
        List<Window> windows,
        boolean active,
        Instant joinedAt,
        long changedSeq,
        Personal personal,
        Reading reading,
        @Nullable MessageSnapshot farewell,
        @Nullable ConversationSnapshot left,
        @Nullable NewestVisible latest) {

    /**
     * A range of messages by {@code seq}, both ends included.
     *
     * @param toSeq null while it is open
     */
    public record Window(long fromSeq, @Nullable Long toSeq) {}

    /**
     * What the member chose, for the member alone.
     *
     * @param pinnedAt null while the conversation is not pinned
     * @param pinSlot which slot for pinned conversations it has, unique among all memberships; null without a pin
     * @param mutedUntil null while it is not muted; {@link #FOREVER} for no end
     * @param clearedSeq up to where the member cleared the history
     * @param hidden whether the member deleted the conversation
     */
    public record Personal(
            @Nullable Instant pinnedAt,
            @Nullable String pinSlot,
            @Nullable Instant mutedUntil,
            long clearedSeq,
            boolean hidden) {

        public static final Instant FOREVER = Instant.parse("9999-12-31T23:59:59Z");

        public static final Personal NONE = new Personal(null, null, null, 0, false);

        public boolean muted(Instant now) {
            return mutedUntil != null && mutedUntil.isAfter(now);
        }
    }

    /**
     * How far the member has come. The count of what is unread follows from it and from the conversation.
     *
     * @param sentOrdinal how many messages the member wrote
     * @param readSeq up to where the member has read
     * @param readOrdinal how many messages that count as unread there are up to that one
     * @param readSentOrdinal how many of those the member wrote
     * @param deliveredSeq up to where messages reached a device of the member
     * @param marks when the member last read on, newest last, for receipts
     * @param hiddenSeqs the messages after {@code readSeq} that the member deleted for the member alone
     * @param cleared up to where the member cleared the history; null if never
     * @param skipped the ranges before {@code readSeq} that the member cleared and did not read, for receipts
     * @param earlier how far the member had come in earlier stays, newest last, for receipts
     */
    public record Reading(
            long sentOrdinal,
            long readSeq,
            long readOrdinal,
            long readSentOrdinal,
            @Nullable String readMessageId,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<Mark> marks,
            List<Long> hiddenSeqs,
            @Nullable CountStart cleared,
            @Nullable List<Range> skipped,
            @Nullable List<Stay> earlier) {

        static final Reading NONE =
                new Reading(0, 0, 0, 0, null, null, 0, null, List.of(), List.of(), null, null, null);

        /** Of a new member, for whom all earlier messages count as read and delivered. */
        public static Reading from(long seq, long ordinal) {
            return new Reading(0, seq, ordinal, 0, null, null, seq, null, List.of(), List.of(), null, null, null);
        }

        /**
         * Whether a member whose pointer is at {@code readSeq} has read a message.
         *
         * @param skipped what is before the pointer and was not read; null if nothing
         */
        public static boolean isRead(long seq, long readSeq, @Nullable List<Range> skipped) {
            return seq <= readSeq && (skipped == null || skipped.stream().noneMatch(range -> range.contains(seq)));
        }

        /** From where on messages count as unread: from the pointer, or from where the history was cleared. */
        public CountStart countedFrom() {
            return cleared != null && cleared.seq() > readSeq
                    ? cleared
                    : new CountStart(readSeq, readOrdinal, readSentOrdinal);
        }

        /** The messages that were cleared and that the pointer has not passed; empty if there are none. */
        public Optional<Range> clearedUnread() {
            long from = countedFrom().seq();
            return from > readSeq ? Optional.of(new Range(readSeq + 1, from)) : Optional.empty();
        }

        /** The member read up to a {@code seq} at a time. */
        public record Mark(long seq, Instant at) {}

        /** Messages by {@code seq}, both ends included. */
        public record Range(long fromSeq, long toSeq) {

            public boolean contains(long seq) {
                return fromSeq <= seq && seq <= toSeq;
            }
        }

        /** A membership that has ended, and how far the member had come then. */
        public record Stay(
                long fromSeq,
                long toSeq,
                long readSeq,
                @Nullable Instant readAt,
                long deliveredSeq,
                @Nullable Instant deliveredAt,
                @Nullable List<Range> skipped) {}
    }

    /**
     * What a member sees instead of the newest message.
     *
     * @param seq up to here {@code message} is the newest that the member sees
     * @param message null if there is none
     */
    public record NewestVisible(long seq, @Nullable MessageSnapshot message) {}

    /** Whether the member may see the message with this {@code seq}. */
    public boolean sees(long seq) {
        return visible().stream()
                .anyMatch(window -> window.fromSeq() <= seq && (window.toSeq() == null || seq <= window.toSeq()));
    }

    /** What a membership can permit. One without any permissions permits all that the role allows. */
    public enum Permission {
        READ("read"),
        WRITE("write");

        private final String storedName;

        Permission(String storedName) {
            this.storedName = storedName;
        }

        private boolean isIn(List<String> permissions) {
            return permissions.isEmpty() || permissions.contains(storedName);
        }
    }

    public boolean permits(Permission permission) {
        return approved && permission.isIn(permissions);
    }

    /** Whether there is a conversation for the user: for approved members, and for former ones who did not delete it. */
    public boolean isThere() {
        return approved && (active || !personal.hidden());
    }

    /** Whether the user may see the conversation and what is in it. */
    public boolean mayRead() {
        return isThere() && permits(Permission.READ);
    }

    /** Whether the user is a member now who may see what is written. */
    public boolean isReader() {
        return active && mayRead();
    }

    /** The conversation as it is for a member, and as it was when a former member left. */
    public Conversation seen(Conversation conversation) {
        return active || left == null || farewell == null
                ? conversation
                : conversation.asOf(left, farewell.createdAt());
    }

    /** Whether the conversation is in the user's list. */
    public boolean listed() {
        return mayRead() && !personal.hidden();
    }

    /** The ranges that the member may see now, oldest first: without the history that the member cleared. */
    public List<Window> visible() {
        long first = personal.clearedSeq() + 1;
        return windows.stream()
                .filter(window -> window.toSeq() == null || window.toSeq() >= first)
                .map(window -> new Window(Math.max(window.fromSeq(), first), window.toSeq()))
                .toList();
    }

    /** Where the newest range begins that the member may see. */
    public long fromSeq() {
        List<Window> visible = visible();
        return visible.isEmpty()
                ? personal.clearedSeq() + 1
                : visible.get(visible.size() - 1).fromSeq();
    }

    public static String id(String conversationId, String userId) {
        return conversationId + "/" + userId;
    }
}
