package dev.parley.platform.service;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How services call each other.
 *
 * @param timeout how long to wait for a connection, and then for an answer
 * @param maxConnections connections to one service
 * @param maxWaiting calls that may wait for a connection; one more fails at once
 */
@ConfigurationProperties("parley.service-client")
public record ServiceClientSettings(
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("200") int maxConnections,
        @DefaultValue("2000") int maxWaiting) {

    public ServiceClientSettings {
        SettingsCheck.of("parley.service-client")
                .positive("timeout", timeout)
                .positive("max-connections", maxConnections)
                .notNegative("max-waiting", maxWaiting);
    }
}
