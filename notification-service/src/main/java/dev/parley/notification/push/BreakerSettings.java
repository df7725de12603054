package dev.parley.notification.push;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a provider that is away is left alone. Pushes wait meanwhile.
 *
 * @param window how many of the last batches are looked at
 * @param minimum how many there must be at least
 * @param failurePercent how many of them must have failed, from 1 to 100
 * @param open how long the provider is left alone
 * @param trials how many batches are sent then, to see whether it is back
 */
@ConfigurationProperties("parley.notification.breaker")
public record BreakerSettings(
        @DefaultValue("20") int window,
        @DefaultValue("5") int minimum,
        @DefaultValue("50") int failurePercent,
        @DefaultValue("5s") Duration open,
        @DefaultValue("2") int trials) {

    private static final int ALL = 100;

    public BreakerSettings {
        SettingsCheck.of("parley.notification.breaker")
                .positive("window", window)
                .positive("minimum", minimum)
                .require(failurePercent > 0 && failurePercent <= ALL, "failure-percent", "must be from 1 to 100")
                .atLeastAMillisecond("open", open)
                .positive("trials", trials);
    }
}
