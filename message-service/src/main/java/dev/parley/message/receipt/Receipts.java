package dev.parley.message.receipt;

import dev.parley.message.receipt.MemberPointers.MemberPointer;
import dev.parley.message.store.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a message has come. Only those count whom it was written to: members of now who were there then, without its
 * sender.
 *
 * @param readBy who read it, the first reader first
 * @param deliveredTo whose devices got it, and who have not read it
 * @param pending who neither read nor got it
 */
public record Receipts(List<Receipt> readBy, List<Receipt> deliveredTo, List<String> pending) {

    /** @param at null where that was not noted */
    public record Receipt(String userId, @Nullable Instant at) {}

    /** What a message's receipts come to. */
    public enum Status {
        SENT,
        DELIVERED,
        READ
    }

    static Receipts of(Message message, MemberPointers positions) {
        long seq = message.seq();
        List<Receipt> read = new ArrayList<>();
        List<Receipt> delivered = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        for (MemberPointer member : positions.members()) {
            if (member.userId().equals(message.senderId()) || !member.isRecipient(seq)) {
                continue;
            }
            if (member.hasRead(seq)) {
                read.add(new Receipt(member.userId(), member.readAt(seq)));
            } else if (member.hasReceived(seq)) {
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

    /** {@link Status#READ} when all have read it, {@link Status#DELIVERED} when anybody got it. */
    public Status status() {
        if (readBy.isEmpty() && deliveredTo.isEmpty()) {
            return Status.SENT;
        }
        return deliveredTo.isEmpty() && pending.isEmpty() ? Status.READ : Status.DELIVERED;
    }
}
