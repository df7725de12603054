package dev.parley.conversation.unread;

import dev.parley.conversation.Conversation.Progress;
import dev.parley.conversation.Conversation.Progress.Tombstone;
import dev.parley.conversation.Membership.Reading;
import dev.parley.events.CountStart;
import java.util.HashSet;
import java.util.Set;

/** Counts what is unread without looking at a message. */
public final class UnreadCount {

    private UnreadCount() {}

    /**
     * How many messages after a member's read pointer, and after what the member cleared, the member has not read: all that
     * count, without the member's own, and without those of others that were deleted for everyone or for the member.
     *
     * @param progress may lag behind the pointer; the count is never higher than it would be otherwise
     */
    public static long count(Reading reading, String userId, Progress progress) {
        CountStart from = reading.countedFrom();
        long after = progress.lastOrdinal() - from.ordinal();
        long own = reading.sentOrdinal() - from.sentOrdinal();
        return after <= own ? 0 : Math.max(0, after - own - deleted(reading, from.seq(), userId, progress));
    }

    private static int deleted(Reading reading, long afterSeq, String userId, Progress progress) {
        Set<Long> places = new HashSet<>();
        for (Tombstone tombstone : progress.tombstones()) {
            if (!tombstone.senderId().equals(userId)) {
                places.add(tombstone.seq());
            }
        }
        places.addAll(reading.hiddenSeqs());
        places.removeIf(seq -> seq <= afterSeq);
        return places.size();
    }
}
