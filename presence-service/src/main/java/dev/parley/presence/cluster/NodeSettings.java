package dev.parley.presence.cluster;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the nodes that run presence-service know of each other.
 *
 * @param heartbeat how often a node says that it is there
 * @param lease how long a node may be silent before the others give it and its users up
 * @param startWait how long at most a node that starts waits for what the others tell it
 * @param maxConversations of how many of a user's conversations the other nodes are told
 */
public record NodeSettings(
        @DefaultValue("1s") Duration heartbeat,
        @DefaultValue("6s") Duration lease,
        @DefaultValue("10s") Duration startWait,
        @DefaultValue("5000") int maxConversations) {

    public NodeSettings {
        if (heartbeat.isNegative() || heartbeat.isZero()) {
            throw new IllegalArgumentException("A heartbeat takes time");
        }
        if (lease.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("A lease is at least two heartbeats long");
        }
    }

    /** Rounded up. */
    public int beatsOf(Duration time) {
        return Math.toIntExact((time.toMillis() + heartbeat.toMillis() - 1) / heartbeat.toMillis());
    }
}
