package dev.parley.presence;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the nodes that run presence-service know about each other.
 *
 * @param heartbeat how often a node publishes that it is alive
 * @param lease how long a node may be silent before the others consider it dead and its users offline
 * @param startWait how long a starting node waits at most for the users of the other nodes
 * @param maxConversations how many of a user's conversations are published to the other nodes
 */
public record ClusterSettings(
        @DefaultValue("1s") Duration heartbeat,
        @DefaultValue("6s") Duration lease,
        @DefaultValue("10s") Duration startWait,
        @DefaultValue("5000") int maxConversations) {

    public ClusterSettings {
        SettingsCheck.of("parley.presence.nodes")
                .require(heartbeat.toMillis() > 0, "heartbeat", "must be at least 1ms")
                .require(
                        lease.compareTo(heartbeat.multipliedBy(2)) >= 0,
                        "lease",
                        "must be at least twice as long as parley.presence.nodes.heartbeat")
                .notNegative("start-wait", startWait)
                .positive("max-conversations", maxConversations);
    }

    /** How many heartbeats this time takes, rounded up. */
    public int heartbeatsIn(Duration time) {
        return Math.toIntExact((time.toMillis() + heartbeat.toMillis() - 1) / heartbeat.toMillis());
    }
}
