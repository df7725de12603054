package dev.parley.conversation.pin;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pinned conversations.
 *
 * @param maxPinned how many conversations a user may pin; the gateway tells clients the same number
 */
@ConfigurationProperties("parley.conversation")
record PinSettings(@DefaultValue("5") int maxPinned) {

    PinSettings {
        SettingsCheck.of("parley.conversation").notNegative("max-pinned", maxPinned);
    }
}
