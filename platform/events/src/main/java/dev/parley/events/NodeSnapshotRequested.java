package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A node wants to hear {@link PresenceChanged} of each user who is online at another.
 *
 * @param of whom it asks; null where it has only just started and asks all
 */
public record NodeSnapshotRequested(String nodeId, @Nullable String of) implements NodeEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.snapshotRequested(this);
    }
}
