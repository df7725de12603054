package dev.parley.conversation.projection;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How lists and counts are brought up to date.
 *
 * @param timeout how long a list or a count waits for that; then it is answered as it is stored
 */
@ConfigurationProperties("parley.conversation.catch-up")
record CatchUpSettings(@DefaultValue("1s") Duration timeout) {

    CatchUpSettings {
        SettingsCheck.of("parley.conversation.catch-up").atLeastAMillisecond("timeout", timeout);
    }
}
