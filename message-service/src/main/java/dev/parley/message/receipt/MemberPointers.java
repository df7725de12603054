package dev.parley.message.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the members of a conversation have come, as conversation-service answers it.
 *
 * @param members those who are in it now; empty where they are too many for receipts with names
 */
public record MemberPointers(List<MemberPointer> members) {

    /** Where nothing is known. */
    static final MemberPointers UNKNOWN = new MemberPointers(List.of());

    /**
     * @param fromSeq the first message of the present membership
     * @param marks when the member last read on, oldest first
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

        /** When the member read a message: the first time of reading as far as there. Null if that was never. */
        @Nullable Instant readAt(long seq) {
            return marks.stream()
                    .filter(mark -> mark.seq() >= seq)
                    .findFirst()
                    .map(ReadMark::at)
                    .orElse(readAt);
        }

        /** Whether the message was written to the member, and not before the member came and began with it behind. */
        boolean isRecipient(long seq) {
            return fromSeq <= seq && !(hasRead(seq) && readAt(seq) == null);
        }
    }

    /** @param at when the member had read as far as {@code seq} */
    record ReadMark(long seq, Instant at) {}
}
