package dev.parley.message.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Up to where the members of a conversation got and read its messages, as conversation-service answers it.
 *
 * @param members who are in it now; empty if they are too many for receipts with names
 * @param former memberships that have ended
 */
public record MemberPointers(List<MemberPointer> members, List<MemberPointer> former) {

    static final MemberPointers UNKNOWN = new MemberPointers(List.of(), List.of());

    public MemberPointers {
        former = Objects.requireNonNullElse(former, List.of());
    }

    /**
     * @param fromSeq the first message of the membership
     * @param toSeq the last message of the membership; null while it lasts
     * @param marks the times at which the member read on, oldest first
     * @param skipped ranges that the pointer passed and the member did not read
     */
    record MemberPointer(
            String userId,
            long fromSeq,
            @Nullable Long toSeq,
            long readSeq,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<ReadMark> marks,
            List<SkippedRange> skipped) {

        MemberPointer {
            marks = Objects.requireNonNullElse(marks, List.of());
            skipped = Objects.requireNonNullElse(skipped, List.of());
        }

        boolean hasRead(long seq) {
            return readSeq >= seq && skipped.stream().noneMatch(range -> range.contains(seq));
        }

        boolean hasReceived(long seq) {
            return deliveredSeq >= seq;
        }

        /** When the member read a message: the first time at which the pointer passed it. Null if it was never passed. */
        @Nullable Instant readAt(long seq) {
            return marks.stream()
                    .filter(mark -> mark.seq() >= seq)
                    .findFirst()
                    .map(ReadMark::at)
                    .orElse(readAt);
        }

        /**
         * Whether the message was sent to the member. It was not if it is from before the membership, or from before the
         * pointer began: a pointer that begins behind messages counts them as read, at no time.
         */
        boolean isRecipient(long seq) {
            return fromSeq <= seq && (toSeq == null || seq <= toSeq) && !(hasRead(seq) && readAt(seq) == null);
        }
    }

    /** @param at when the member had read up to {@code seq} */
    record ReadMark(long seq, Instant at) {}

    /** Both ends included. */
    record SkippedRange(long fromSeq, long toSeq) {

        boolean contains(long seq) {
            return fromSeq <= seq && seq <= toSeq;
        }
    }
}
