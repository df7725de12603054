package dev.parley.message.store;

import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The messages of a conversation that a user deleted for the user alone. One document for all of them, so that one comes
 * after the other and each event knows of those before it.
 *
 * @param id user id and conversation id in one
 * @param seqs their places
 * @param outbox the events that may not have been published yet
 */
@Document(HiddenMessageStore.COLLECTION)
public record HiddenMessages(
        @Id String id,
        Set<Long> seqs,
        @Nullable List<PendingEvent> outbox,
        @Nullable Instant outboxSince) {

    static HiddenMessages none(String userId, String conversationId) {
        return new HiddenMessages(id(userId, conversationId), Set.of(), null, null);
    }

    static String id(String userId, String conversationId) {
        return userId + "/" + conversationId;
    }

    /** The same with one more place, as it would be. */
    public HiddenMessages with(long seq) {
        Set<Long> more = new HashSet<>(seqs);
        more.add(seq);
        return new HiddenMessages(id, more, outbox, outboxSince);
    }

    public boolean holds(long seq) {
        return seqs.contains(seq);
    }

    /** How many are hidden from one place to another, both included. */
    public int within(long fromSeq, long toSeq) {
        return (int) seqs.stream().filter(seq -> seq >= fromSeq && seq <= toSeq).count();
    }
}
