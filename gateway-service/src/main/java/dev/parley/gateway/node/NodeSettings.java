package dev.parley.gateway.node;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway finds the nodes of a service by DNS.
 *
 * @param refresh how often a name is looked up
 * @param retry how soon it is looked up again while no address is known
 * @param linger how long the gateway still finds a node's sessions after the node has gone from the name: about as long as
 *     a node takes to stop
 */
@ConfigurationProperties("parley.gateway.nodes")
record NodeSettings(
        @DefaultValue("10s") Duration refresh,
        @DefaultValue("500ms") Duration retry,
        @DefaultValue("1m") Duration linger) {

    NodeSettings {
        check(!refresh.isNegative() && !refresh.isZero(), "refresh must be positive");
        check(!retry.isNegative() && !retry.isZero(), "retry must be positive");
        check(!linger.isNegative(), "linger must not be negative");
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("parley.gateway.nodes." + problem);
        }
    }
}
