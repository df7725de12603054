package dev.parley.notification.device;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The devices of users.
 *
 * @param maxPerUser how many a user has at most; one more takes the place of that which was not used for longest
 */
@ConfigurationProperties("parley.notification.devices")
public record DeviceSettings(@DefaultValue("20") int maxPerUser) {

    public DeviceSettings {
        SettingsCheck.of("parley.notification.devices").positive("max-per-user", maxPerUser);
    }
}
