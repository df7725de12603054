package dev.parley.notification.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is or was in a conversation.
 *
 * @param reader whether the user is a member now who may see what is written
 * @param fromSeq the first message of the present membership
 * @param readSeq up to where the user has read
 * @param mutedUntil null while the conversation is not muted
 */
public record AudienceMember(
        String conversationId,
        String userId,
        boolean reader,
        long fromSeq,
        long readSeq,
        @Nullable Instant mutedUntil) {

    public boolean muted(Instant now) {
        return mutedUntil != null && mutedUntil.isAfter(now);
    }

    public boolean hasRead(long seq) {
        return seq <= readSeq;
    }
}
