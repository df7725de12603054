package dev.parley.notification.audience;

import dev.parley.events.ConversationKind;
import dev.parley.notification.audience.StoredConversation.Tombstone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What some events say together about one conversation. */
final class ConversationState {

    /**
     * What never changes, and the name that it began with.
     *
     * @param name null for a conversation without one
     */
    record Creation(
            String tenantId,
            ConversationKind kind,
            @Nullable String name) {}

    private final String id;
    private @Nullable Creation creation;
    private @Nullable String name;
    private long lastSeq;
    private long lastOrdinal;
    private final List<Tombstone> tombstones = new ArrayList<>();
    private boolean deleted;

    ConversationState(String id) {
        this.id = id;
    }

    void created(Creation with) {
        creation = with;
    }

    void renamed(String to) {
        name = to;
    }

    void advanced(long seq, long ordinal) {
        lastSeq = Math.max(lastSeq, seq);
        lastOrdinal = Math.max(lastOrdinal, ordinal);
    }

    void entombed(Tombstone tombstone) {
        tombstones.add(tombstone);
    }

    void deleted() {
        deleted = true;
    }

    String id() {
        return id;
    }

    @Nullable Creation creation() {
        return creation;
    }

    /** The new name; null if it stays as it is. */
    @Nullable String name() {
        return name;
    }

    long lastSeq() {
        return lastSeq;
    }

    long lastOrdinal() {
        return lastOrdinal;
    }

    List<Tombstone> tombstones() {
        return tombstones;
    }

    boolean isDeleted() {
        return deleted;
    }
}
