package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A node wants to hear {@link PresenceChanged} of each user who is online at another.
 *
 * @param of whom it asks; null where it has only just started and asks all
 * @param observer whether who asks only reads, and is no node itself; null from older versions
 */
public record NodeSnapshotRequested(
        String nodeId, @Nullable String of, @Nullable Boolean observer) implements NodeEvent {

    /** By a node. */
    public NodeSnapshotRequested(String nodeId, @Nullable String of) {
        this(nodeId, of, null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.snapshotRequested(this);
    }
}
