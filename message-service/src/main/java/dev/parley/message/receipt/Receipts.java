package dev.parley.message.receipt;

import dev.parley.message.store.Message;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who got and who read a message, of those to whom it was sent: who was a member then, without its sender. Who left is still
 * among those who got or read it, but is not waited for. A former member sees who had got and read it by the time of leaving.
 *
 * @param readBy who read it, the first reader first
 * @param deliveredTo who got it on a device and has not read it
 * @param pending the members of now who neither got nor read it
 * @param isWaiting whether somebody is a member now who has not read it
 */
public record Receipts(List<Receipt> readBy, List<Receipt> deliveredTo, List<String> pending, boolean isWaiting) {

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
        Map<String, Receipt> read = new LinkedHashMap<>();
        Map<String, Receipt> delivered = new LinkedHashMap<>();
        Set<String> waitedFor = new LinkedHashSet<>();
        // The memberships that have ended first: who read a message then and came back has read it then.
        Stream.concat(pointers.former().stream(), pointers.members().stream())
                .filter(member -> !message.isFrom(member.userId()) && member.isRecipient(seq))
                .forEach(member -> {
                    String userId = member.userId();
                    if (member.hasRead(seq) && isSeen(member.readAt(seq), message)) {
                        read.putIfAbsent(userId, new Receipt(userId, member.readAt(seq)));
                        return;
                    }
                    if (member.hasReceived(seq) && isSeen(member.deliveredAt(), message)) {
                        delivered.putIfAbsent(userId, new Receipt(userId, member.deliveredAt()));
                    }
                    if (member.toSeq() == null) {
                        waitedFor.add(userId);
                    }
                });
        waitedFor.removeAll(read.keySet());
        delivered.keySet().removeAll(read.keySet());
        Comparator<Receipt> inTime = Comparator.comparing(Receipt::at, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Receipt::userId);
        return new Receipts(
                read.values().stream().sorted(inTime).toList(),
                delivered.values().stream().sorted(inTime).toList(),
                waitedFor.stream()
                        .filter(userId -> !delivered.containsKey(userId))
                        .toList(),
                !waitedFor.isEmpty());
    }

    private static boolean isSeen(@Nullable Instant at, Message message) {
        Instant asOf = message.seenAsOf();
        return asOf == null || at != null && !at.isAfter(asOf);
    }

    /**
     * {@link Status#READ} if somebody has read it and nobody is waited for, {@link Status#DELIVERED} if anybody got it, else
     * {@link Status#SENT}.
     */
    public Status status() {
        if (readBy.isEmpty() && deliveredTo.isEmpty()) {
            return Status.SENT;
        }
        return isWaiting || readBy.isEmpty() ? Status.DELIVERED : Status.READ;
    }
}
