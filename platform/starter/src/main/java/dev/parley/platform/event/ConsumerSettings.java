package dev.parley.platform.event;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What consumers of events do with an event that they cannot handle.
 *
 * @param maxTries how often an event is tried that fails for an unknown reason, before it goes to the dead-letter topic
 * @param firstRetry how long after the first failure it is tried again; each further pause is twice as long
 * @param maxRetryInterval the longest pause between two tries, also while a dependency is away
 */
@ConfigurationProperties("parley.consumers")
public record ConsumerSettings(
        @DefaultValue("10") int maxTries,
        @DefaultValue("200ms") Duration firstRetry,
        @DefaultValue("5s") Duration maxRetryInterval) {

    public ConsumerSettings {
        SettingsCheck.of("parley.consumers")
                .positive("max-tries", maxTries)
                .positive("first-retry", firstRetry)
                .require(
                        maxRetryInterval.compareTo(firstRetry) >= 0,
                        "max-retry-interval",
                        "must not be shorter than parley.consumers.first-retry");
    }
}
