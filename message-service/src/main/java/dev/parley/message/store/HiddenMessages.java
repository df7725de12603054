package dev.parley.message.store;

import dev.parley.platform.event.PendingEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Unwrapped;

/**
 * The messages of one conversation that one user deleted for that user alone. They are one document, so that they are
 * hidden one after the other and each event knows all that were hidden before.
 *
 * @param id the user id and the conversation id in one string
 * @param seqs of the hidden messages
 * @param pending null if all events are published
 */
@Document(HiddenMessageStore.COLLECTION)
public record HiddenMessages(
        @Id String id,
        Set<Long> seqs,
        @Unwrapped.Nullable @Nullable PendingEvents pending) {

    static HiddenMessages none(String userId, String conversationId) {
        return new HiddenMessages(id(userId, conversationId), Set.of(), null);
    }

    static String id(String userId, String conversationId) {
        return userId + "/" + conversationId;
    }

    /** These messages and one more. */
    public HiddenMessages with(long seq) {
        Set<Long> more = new HashSet<>(seqs);
        more.add(seq);
        return new HiddenMessages(id, more, pending);
    }

    public boolean contains(long seq) {
        return seqs.contains(seq);
    }

    /** How many are hidden from one {@code seq} to another, both included. */
    public int countBetween(long fromSeq, long toSeq) {
        return (int) seqs.stream().filter(seq -> seq >= fromSeq && seq <= toSeq).count();
    }

    List<PendingEvent> pendingEvents() {
        return PendingEvents.listOf(pending);
    }
}
