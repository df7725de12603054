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
public record MessageRevision(
        long revision,
        Instant updatedAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        List<Reaction> reactions,
        @Nullable Pin pin) {

    /** The revision of a message that was never changed. */
    public static final long NONE = 0;

    public MessageRevision {
        reactions = Objects.requireNonNullElse(reactions, List.of());
    }

    /** What one more change makes of the earlier ones. */
    public static MessageRevision after(@Nullable MessageRevision earlier, Instant now) {
        return earlier == null
                ? new MessageRevision(NONE + 1, now, null, null, List.of(), null)
                : new MessageRevision(
                        earlier.revision + 1, now, earlier.editedAt, earlier.deletedAt, earlier.reactions, earlier.pin);
    }

    public MessageRevision edited() {
        return new MessageRevision(revision, updatedAt, updatedAt, deletedAt, reactions, pin);
    }

    /** Nothing is left of what was there, but that the message was deleted. */
    public MessageRevision deleted() {
        return new MessageRevision(revision, updatedAt, null, updatedAt, List.of(), null);
    }

    public MessageRevision with(List<Reaction> newReactions) {
        return new MessageRevision(revision, updatedAt, editedAt, deletedAt, newReactions, pin);
    }

    public MessageRevision with(@Nullable Pin newPin) {
        return new MessageRevision(revision, updatedAt, editedAt, deletedAt, reactions, newPin);
    }
}
