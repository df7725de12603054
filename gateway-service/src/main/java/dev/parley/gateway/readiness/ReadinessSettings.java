package dev.parley.gateway.readiness;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway watches which services are ready.
 *
 * @param startInterval how often a service is asked that was not ready yet
 * @param interval how often a service is asked that was ready before
 * @param timeout how long an answer may take
 */
@ConfigurationProperties("parley.gateway.readiness")
record ReadinessSettings(
        @DefaultValue("250ms") Duration startInterval,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("2s") Duration timeout) {

    ReadinessSettings {
        SettingsCheck.of("parley.gateway.readiness")
                .positive("start-interval", startInterval)
                .positive("interval", interval)
                .positive("timeout", timeout);
    }
}
