package dev.parley.events;

import java.time.Instant;

/** A node is there; said again and again. */
public record NodeHeartbeat(String nodeId, Instant at) implements NodeEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.heartbeat(this);
    }
}
