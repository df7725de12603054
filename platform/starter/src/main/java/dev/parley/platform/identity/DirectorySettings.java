package dev.parley.platform.identity;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a service remembers of users.
 *
 * @param maxUsers how many users are remembered
 * @param maxAge how long one is remembered without being confirmed
 */
@ConfigurationProperties("parley.directory")
public record DirectorySettings(
        @DefaultValue("50000") long maxUsers,
        @DefaultValue("60s") Duration maxAge) {

    public DirectorySettings {
        SettingsCheck.of("parley.directory").notNegative("max-users", maxUsers).positive("max-age", maxAge);
    }
}
