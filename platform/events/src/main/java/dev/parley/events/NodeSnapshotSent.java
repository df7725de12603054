package dev.parley.events;

/**
 * A node has told all that it was asked.
 *
 * @param to who had asked
 */
public record NodeSnapshotSent(String nodeId, String to) implements NodeEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.snapshotSent(this);
    }
}
