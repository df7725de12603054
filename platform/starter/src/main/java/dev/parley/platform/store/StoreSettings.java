package dev.parley.platform.store;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service uses its store.
 *
 * @param timeout how long to wait for a server, for a connection, and for each answer; shorter than
 *     {@code parley.service-client.timeout}, so that a caller is told that the store is away
 */
@ConfigurationProperties("parley.store")
public record StoreSettings(@DefaultValue("2500ms") Duration timeout) {

    public StoreSettings {
        SettingsCheck.of("parley.store").atLeastAMillisecond("timeout", timeout);
    }
}
