package dev.parley.presence.online;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How it is stored when users were last seen, and how it is looked up who may see it.
 *
 * @param storeDelay how long times are collected before they are stored
 * @param storeRetry how long after a failure they are stored again
 * @param maxBatch how many users one write may have
 * @param maxWaiting of how many users a time may wait to be stored
 * @param privacyCacheTime how long a user's setting is used before it is requested again
 * @param maxCachedPrivacy of how many users the setting is cached
 * @param privacyTimeout how long notifications wait for the settings before they hide the time
 */
public record LastSeenSettings(
        @DefaultValue("100ms") Duration storeDelay,
        @DefaultValue("2s") Duration storeRetry,
        @DefaultValue("1000") int maxBatch,
        @DefaultValue("200000") int maxWaiting,
        @DefaultValue("10m") Duration privacyCacheTime,
        @DefaultValue("200000") int maxCachedPrivacy,
        @DefaultValue("1s") Duration privacyTimeout) {

    public LastSeenSettings {
        SettingsCheck.of("parley.presence.last-seen")
                .notNegative("store-delay", storeDelay)
                .positive("store-retry", storeRetry)
                .positive("max-batch", maxBatch)
                .positive("max-waiting", maxWaiting)
                .positive("privacy-cache-time", privacyCacheTime)
                .positive("max-cached-privacy", maxCachedPrivacy)
                .positive("privacy-timeout", privacyTimeout);
    }
}
