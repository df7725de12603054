package dev.parley.gateway.connection;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connections of clients.
 *
 * @param maxPerAddress connections that one address may have at once, sockets among them. A trusted proxy may have any number:
 *     it carries the requests of many clients, and has a limit of its own for each of them
 * @param headTimeout from the start of a connection, or from the first byte of a later request, to the end of its headers
 * @param idleTimeout how long a connection stays open between two requests
 */
@ConfigurationProperties("parley.gateway.connections")
record ConnectionSettings(
        @DefaultValue("1000") int maxPerAddress,
        @DefaultValue("10s") Duration headTimeout,
        @DefaultValue("75s") Duration idleTimeout) {

    ConnectionSettings {
        SettingsCheck.of("parley.gateway.connections")
                .positive("max-per-address", maxPerAddress)
                .atLeastAMillisecond("head-timeout", headTimeout)
                .atLeastAMillisecond("idle-timeout", idleTimeout);
    }
}
