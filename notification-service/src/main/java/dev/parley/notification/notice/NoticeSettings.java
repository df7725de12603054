package dev.parley.notification.notice;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When something is told.
 *
 * @param hold how long it waits before, so that who reads it elsewhere meanwhile is not told
 * @param maxAge how old it may be at most; what is older when its turn comes is told to nobody
 */
@ConfigurationProperties("parley.notification")
public record NoticeSettings(
        @DefaultValue("3s") Duration hold,
        @DefaultValue("1h") Duration maxAge) {

    public NoticeSettings {
        SettingsCheck.of("parley.notification").notNegative("hold", hold).atLeastAMillisecond("max-age", maxAge);
    }
}
