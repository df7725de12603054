package dev.parley.message.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Up to where the members of a conversation got and read its messages, as conversation-service answers it.
 *
 * @param members who are in it now; empty if they are too many for receipts with names
 */
public record MemberPointers(List<MemberPointer> members) {

    static final MemberPointers UNKNOWN = new MemberPointers(List.of());

    /**
     * @param fromSeq the first message of the present membership
     * @param marks the times at which the member read on, oldest first
     */
    record MemberPointer(
            String userId,
            long fromSeq,
            long readSeq,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<ReadMark> marks) {

        MemberPointer {
            marks = Objects.requireNonNullElse(marks, List.of());
        }

        boolean hasRead(long seq) {
            return readSeq >= seq;
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
            return fromSeq <= seq && !(hasRead(seq) && readAt(seq) == null);
        }
    }

    /** @param at when the member had read up to {@code seq} */
    record ReadMark(long seq, Instant at) {}
}
