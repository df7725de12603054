package dev.parley.notification.audience;

import dev.parley.events.CountStart;
import dev.parley.notification.audience.StoredConversation.Tombstone;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What is known of somebody who is or was in a conversation.
 *
 * @param id conversation id and user id in one
 * @param active whether the user is a member now
 * @param mayRead whether the membership permits reading
 * @param reader whether both is so
 * @param changedSeq the system message that the user joined or left with; 0 for a first participant, and {@link #UNKNOWN} if
 *     neither was heard of
 * @param fromSeq the first message of the present membership
 * @param read up to where the user has read
 * @param cleared up to where the user cleared the history; null if never
 * @param sentOrdinal how many messages the user wrote
 * @param hiddenSeqs the messages after {@code read} that the user deleted for the user alone, of those that count as unread
 * @param mutedUntil null while the conversation is not muted
 * @param revision how often this was written
 */
@Document(AudienceStore.MEMBERS)
record StoredMember(
        @Id String id,
        String conversationId,
        String userId,
        boolean active,
        boolean mayRead,
        boolean reader,
        long changedSeq,
        long fromSeq,
        CountStart read,
        @Nullable CountStart cleared,
        long sentOrdinal,
        List<Long> hiddenSeqs,
        @Nullable Instant mutedUntil,
        long revision) {

    static final long UNKNOWN = -1;

    static String id(String conversationId, String userId) {
        return conversationId + "/" + userId;
    }

    AudienceMember member() {
        return new AudienceMember(conversationId, userId, reader, fromSeq, read.seq(), mutedUntil);
    }

    /** How many messages the member has not read: the same rule as that of conversation-service. */
    long unread(StoredConversation conversation) {
        CountStart from = start();
        long after = conversation.lastOrdinal() - from.ordinal();
        long own = sentOrdinal - from.sentOrdinal();
        return after <= own ? 0 : Math.max(0, after - own - deleted(conversation, from.seq()));
    }

    /** The last message that is not unread: up to there it was read or cleared. */
    long readUpTo() {
        return start().seq();
    }

    private CountStart start() {
        return cleared != null && cleared.seq() > read.seq() ? cleared : read;
    }

    private int deleted(StoredConversation conversation, long afterSeq) {
        Set<Long> places = new HashSet<>(hiddenSeqs);
        for (Tombstone tombstone : conversation.tombstones()) {
            if (!tombstone.senderId().equals(userId)) {
                places.add(tombstone.seq());
            }
        }
        places.removeIf(seq -> seq <= afterSeq);
        return places.size();
    }
}
