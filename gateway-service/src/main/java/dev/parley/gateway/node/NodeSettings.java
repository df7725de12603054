package dev.parley.gateway.node;

import dev.parley.platform.settings.SettingsCheck;
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
        SettingsCheck.of("parley.gateway.nodes")
                .positive("refresh", refresh)
                .positive("retry", retry)
                .notNegative("linger", linger);
    }
}
