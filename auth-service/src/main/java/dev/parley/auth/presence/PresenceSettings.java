package dev.parley.auth.presence;

import dev.parley.platform.settings.SettingsCheck;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Asking presence-service who is online, and conversation-service who may see that.
 *
 * @param timeout how long a request waits for each answer
 * @param nodes the addresses of its nodes; empty for those of {@code parley.nodes.presence}
 */
@ConfigurationProperties("parley.auth.presence")
record PresenceSettings(
        @DefaultValue("500ms") Duration timeout,
        @DefaultValue List<URI> nodes) {

    PresenceSettings {
        SettingsCheck.of("parley.auth.presence").atLeastAMillisecond("timeout", timeout);
    }
}
