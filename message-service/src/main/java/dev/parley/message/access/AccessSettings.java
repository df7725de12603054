package dev.parley.message.access;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long and for how many members answers of conversation-service are kept.
 *
 * @param accessMaxAge how long an answer about a member's access is used for sending, if no event revokes it; each read asks
 * @param maxCachedAccess such answers kept in memory: one for each conversation and member who sends
 */
@ConfigurationProperties("parley.message")
record AccessSettings(
        @DefaultValue("30s") Duration accessMaxAge,
        @DefaultValue("200000") int maxCachedAccess) {

    AccessSettings {
        SettingsCheck.of("parley.message")
                .notNegative("access-max-age", accessMaxAge)
                .positive("max-cached-access", maxCachedAccess);
    }
}
