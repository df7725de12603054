package dev.parley.events;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a message since it was sent.
 *
 * @param revision 1 after the first change, and one more after each; of two snapshots of a message the one with the higher
 *     revision is the newer
 * @param updatedAt when it last changed
 * @param editedAt when its sender last edited it
 * @param deletedAt when it became a tombstone
 * @param reactions each emoji once, the first that was used first
 * @param pin null while it is not pinned
 */
public record MessageChanges(
        long revision,
        Instant updatedAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        List<Reaction> reactions,
        @Nullable Pin pin) {

    /** The revision of a message that was never changed. */
    public static final long NONE = 0;

    public MessageChanges {
        reactions = Objects.requireNonNullElse(reactions, List.of());
    }

    /** What one more change makes of the earlier ones. */
    public static MessageChanges after(@Nullable MessageChanges earlier, Instant now) {
        return earlier == null
                ? new MessageChanges(NONE + 1, now, null, null, List.of(), null)
                : new MessageChanges(
                        earlier.revision + 1, now, earlier.editedAt, earlier.deletedAt, earlier.reactions, earlier.pin);
    }

    public MessageChanges edited() {
        return new MessageChanges(revision, updatedAt, updatedAt, deletedAt, reactions, pin);
    }

    /** Nothing is left of what was there, but that the message was deleted. */
    public MessageChanges deleted() {
        return new MessageChanges(revision, updatedAt, null, updatedAt, List.of(), null);
    }

    public MessageChanges with(List<Reaction> newReactions) {
        return new MessageChanges(revision, updatedAt, editedAt, deletedAt, newReactions, pin);
    }

    public MessageChanges with(@Nullable Pin newPin) {
        return new MessageChanges(revision, updatedAt, editedAt, deletedAt, reactions, newPin);
    }
}
