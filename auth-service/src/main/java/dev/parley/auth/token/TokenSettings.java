package dev.parley.auth.token;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Access tokens.
 *
 * @param lifetime how long an access token is accepted, at most {@link #MAX_LIFETIME}: so long the services
 *     remember the sign-ins that were ended
 */
@ConfigurationProperties("parley.auth.tokens")
public record TokenSettings(@DefaultValue("15m") Duration lifetime) {

    static final Duration MAX_LIFETIME = Duration.ofDays(1);

    public TokenSettings {
        SettingsCheck.of("parley.auth.tokens")
                .require(
                        lifetime.toSeconds() >= 1 && lifetime.compareTo(MAX_LIFETIME) <= 0,
                        "lifetime",
                        "must be from 1s to 1d");
    }
}
