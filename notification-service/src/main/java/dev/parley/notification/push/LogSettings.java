package dev.parley.notification.push;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long is kept what became of pushes.
 *
 * @param keep how long after it was made a push is kept
 */
@ConfigurationProperties("parley.notification.log")
public record LogSettings(@DefaultValue("7d") Duration keep) {

    public LogSettings {
        SettingsCheck.of("parley.notification.log").positive("keep", keep);
    }
}
