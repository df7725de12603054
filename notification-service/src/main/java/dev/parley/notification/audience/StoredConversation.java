package dev.parley.notification.audience;

import dev.parley.events.ConversationKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What is known of a conversation.
 *
 * @param kind null until its creation was heard of, or until it was copied
 * @param lastSeq the newest message
 * @param lastOrdinal how many messages that count as unread there are
 * @param tombstones the newest of those that were deleted for everyone, by {@code seq}
 * @param revision how often {@code tenantId}, {@code kind} or {@code name} was set
 */
@Document(AudienceStore.CONVERSATIONS)
record StoredConversation(
        @Id String id,
        @Nullable String tenantId,
        @Nullable ConversationKind kind,
        @Nullable String name,
        long lastSeq,
        long lastOrdinal,
        List<Tombstone> tombstones,
        boolean deleted,
        long revision) {

    /** A message that was deleted for everyone, and no longer counts as unread. */
    record Tombstone(long seq, String senderId) {}

    /** Null if it was deleted, or if it was not heard yet what it is. */
    @Nullable AudienceConversation known() {
        return deleted || tenantId == null || kind == null ? null : new AudienceConversation(id, tenantId, kind, name);
    }
}
