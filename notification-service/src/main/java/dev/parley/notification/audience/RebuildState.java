package dev.parley.notification.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How far everything was copied.
 *
 * @param after the id that the next page begins after; null at the beginning
 * @param holder who copies; null if nobody does
 * @param heldUntil another may go on then
 * @param conversations how many were copied
 * @param members how many were copied
 * @param completeSince when everything had been copied for the first time; null until then
 * @param finishedAt when it was last finished; null before
 */
@Document(RebuildState.COLLECTION)
public record RebuildState(
        @Id String id,
        Phase phase,
        @Nullable String after,
        @Nullable String holder,
        Instant heldUntil,
        long conversations,
        long members,
        Instant startedAt,
        @Nullable Instant completeSince,
        @Nullable Instant finishedAt) {

    static final String COLLECTION = "audienceRebuilds";

    /** There is one. */
    static final String ID = "audience";

    public enum Phase {
        CONVERSATIONS,
        MEMBERS,
        DONE
    }
}
