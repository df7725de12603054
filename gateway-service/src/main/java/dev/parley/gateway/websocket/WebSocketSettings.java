package dev.parley.gateway.websocket;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * WebSockets through the gateway.
 *
 * @param drainWindow over how long the clients are sent away when the gateway stops; zero sends all at once. Shorter than
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, after which the rest are dropped
 * @param closeTimeout how long an end of a socket may take to answer a close before it is cut
 */
@ConfigurationProperties("parley.gateway.sockets")
record WebSocketSettings(
        @DefaultValue("2s") Duration drainWindow,
        @DefaultValue("2s") Duration closeTimeout) {

    WebSocketSettings {
        SettingsCheck.of("parley.gateway.sockets")
                .notNegative("drain-window", drainWindow)
                .positive("close-timeout", closeTimeout);
    }
}
