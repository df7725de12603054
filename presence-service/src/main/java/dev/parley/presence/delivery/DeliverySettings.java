package dev.parley.presence.delivery;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deliveries of messages are reported.
 *
 * @param interval how long deliveries are collected before they are reported
 * @param retry how long after a failed report it is sent again
 * @param maxBatch how many deliveries one report may have
 * @param maxWaiting how many members of conversations may have an unreported delivery, and how many sent messages, counted
 *     for each device, may be checked at a time; a delivery beyond that is reported with the next message or when the
 *     recipient fetches
 */
public record DeliverySettings(
        @DefaultValue("50ms") Duration interval,
        @DefaultValue("2s") Duration retry,
        @DefaultValue("1000") int maxBatch,
        @DefaultValue("200000") int maxWaiting) {

    public DeliverySettings {
        SettingsCheck.of("parley.presence.delivery")
                .notNegative("interval", interval)
                .positive("retry", retry)
                .positive("max-batch", maxBatch)
                .positive("max-waiting", maxWaiting);
    }
}
