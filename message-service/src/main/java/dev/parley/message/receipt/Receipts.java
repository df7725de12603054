package dev.parley.message.receipt;

import dev.parley.message.receipt.MemberPointers.MemberPointer;
import dev.parley.message.store.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who got and who read a message, of those to whom it was sent: members of now who were members then, without its sender. A
 * former member sees who had got and read it by the time of leaving.
 *
 * @param readBy who read it, the first reader first
 * @param deliveredTo who got it on a device and has not read it
 * @param pending who neither got nor read it
 */
public record Receipts(List<Receipt> readBy, List<Receipt> deliveredTo, List<String> pending) {

    /** @param at null if that is not known */
    public record Receipt(String userId, @Nullable Instant at) {}

    /** All receipts of a message in one word. */
    public enum Status {
        SENT,
        DELIVERED,
        READ
    }

    static Receipts of(Message message, MemberPointers pointers) {
        long seq = message.seq();
        List<Receipt> read = new ArrayList<>();
        List<Receipt> delivered = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        for (MemberPointer member : pointers.members()) {
            if (message.isFrom(member.userId()) || !member.isRecipient(seq)) {
                continue;
            }
            if (member.hasRead(seq) && isSeen(member.readAt(seq), message)) {
                read.add(new Receipt(member.userId(), member.readAt(seq)));
            } else if (member.hasReceived(seq) && isSeen(member.deliveredAt(), message)) {
                delivered.add(new Receipt(member.userId(), member.deliveredAt()));
            } else {
                pending.add(member.userId());
            }
        }
        Comparator<Receipt> inTime = Comparator.comparing(Receipt::at, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Receipt::userId);
        read.sort(inTime);
        delivered.sort(inTime);
        return new Receipts(read, delivered, pending);
    }

    private static boolean isSeen(@Nullable Instant at, Message message) {
        Instant asOf = message.seenAsOf();
        return asOf == null || at != null && !at.isAfter(asOf);
    }

    /** {@link Status#READ} if all have read it, {@link Status#DELIVERED} if anybody got it, else {@link Status#SENT}. */
    public Status status() {
        if (readBy.isEmpty() && deliveredTo.isEmpty()) {
            return Status.SENT;
        }
        return deliveredTo.isEmpty() && pending.isEmpty() ? Status.READ : Status.DELIVERED;
    }
}
