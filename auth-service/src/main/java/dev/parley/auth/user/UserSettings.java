package dev.parley.auth.user;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Searching users.
 *
 * @param maxFound how many users a search finds at most; they are sorted in memory
 */
@ConfigurationProperties("parley.auth.users")
record UserSettings(@DefaultValue("1000") int maxFound) {

    UserSettings {
        SettingsCheck.of("parley.auth.users").positive("max-found", maxFound);
    }
}
