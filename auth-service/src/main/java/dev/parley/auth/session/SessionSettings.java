package dev.parley.auth.session;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sessions.
 *
 * @param lifetime of a session, counted from its start or its last refresh
 * @param rememberedTokens how many used refresh tokens of a session are recognised when they are used again
 */
@ConfigurationProperties("parley.auth.sessions")
record SessionSettings(
        @DefaultValue("30d") Duration lifetime,
        @DefaultValue("50") int rememberedTokens) {

    SessionSettings {
        SettingsCheck.of("parley.auth.sessions")
                .require(lifetime.toMillis() > 0, "lifetime", "must be positive")
                .positive("remembered-tokens", rememberedTokens);
    }
}
