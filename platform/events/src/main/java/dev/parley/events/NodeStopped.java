package dev.parley.events;

import java.time.Instant;

/** A node stops. Its clients connect to others. */
public record NodeStopped(String nodeId, Instant at) implements NodeEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.stopped(this);
    }
}
