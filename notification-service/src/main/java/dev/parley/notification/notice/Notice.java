package dev.parley.notification.notice;

import dev.parley.events.MessageSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * Something that there is to tell, as it is kept: one document, however many are told.
 *
 * @param id follows from what happened, so that what is heard of again is the same notice
 * @param seq the position of the message; 0 where there is none
 * @param messageId the message that it is about; null for the creation of a group
 * @param actorId who wrote, reacted or added
 * @param actorName what the actor was called then; null if the event did not say
 * @param emoji of a reaction; null for others
 * @param only who might be told, in the order of their ids; null for all who may read the message
 * @param message the newest that was heard of it, sealed as it came; null for the creation of a group
 * @param revision of the message
 * @param reactionRevision the revision of the message at which the reaction was last given or taken back; null for others
 * @param takenBack whether the reaction was taken back
 * @param waiting null once it was brought to all, or cancelled
 * @param cursor the last user who was looked at; null if none was
 * @param traceparent of the event that told of it first; null if it is in no trace
 */
record Notice(
        @Id String id,
        NoticeKind kind,
        String conversationId,
        String tenantId,
        long seq,
        @Nullable String messageId,
        String actorId,
        @Nullable String actorName,
        @Nullable String emoji,
        @Nullable List<String> only,
        @Nullable MessageSnapshot message,
        long revision,
        @Nullable Long reactionRevision,
        boolean takenBack,
        Instant happenedAt,
        NoticeState state,
        @Nullable Waiting waiting,
        @Nullable String cursor,
        Instant expireAt,
        @Nullable String traceparent) {

    /**
     * @param dueAt when it may be claimed (again)
     * @param claim of those who claimed it, the last one; null if nobody has
     * @param tries how often it failed since it last came forward
     */
    record Waiting(Instant dueAt, @Nullable String claim, int tries) {

        static Waiting until(Instant dueAt) {
            return new Waiting(dueAt, null, 0);
        }
    }

    /** Whether there is nothing to tell any more. */
    boolean isGone() {
        return takenBack
                || message != null
                        && message.changes() != null
                        && message.changes().deletedAt() != null;
    }

    List<String> mentions() {
        return message == null ? List.of() : message.mentions();
    }

    @Nullable String claim() {
        return waiting == null ? null : waiting.claim();
    }

    int tries() {
        return waiting == null ? 0 : waiting.tries();
    }
}
