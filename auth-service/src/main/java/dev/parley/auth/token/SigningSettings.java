package dev.parley.auth.token;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys that sign access tokens.
 *
 * @param rotation how long each key signs
 * @param publishAhead how long before its first use a key is published
 * @param refresh how long the keys are used before they are read from the store again
 * @param jwksMaxAge how long others may cache the public keys
 * @param wrappingKey a 256-bit AES key in base64 that encrypts the private keys in the store; without it they are stored
 *     in the clear
 * @param formerWrappingKeys keys that were the wrapping key before: what is encrypted under them can still be read
 */
@ConfigurationProperties("parley.auth.signing")
public record SigningSettings(
        @DefaultValue("30d") Duration rotation,
        @DefaultValue("1d") Duration publishAhead,
        @DefaultValue("1m") Duration refresh,
        @DefaultValue("5m") Duration jwksMaxAge,
        @Nullable String wrappingKey,
        @DefaultValue List<String> formerWrappingKeys) {

    public SigningSettings {
        formerWrappingKeys = List.copyOf(formerWrappingKeys);
        SettingsCheck.of("parley.auth.signing")
                .atLeastAMillisecond("rotation", rotation)
                .atLeastAMillisecond("refresh", refresh)
                .notNegative("jwks-max-age", jwksMaxAge)
                .require(
                        publishAhead.compareTo(rotation) < 0 && !publishAhead.isNegative(),
                        "publish-ahead",
                        "must be shorter than the rotation");
    }

    @Override
    public String toString() {
        return "SigningSettings[rotation=" + rotation + ", publishAhead=" + publishAhead + ", refresh=" + refresh
                + ", jwksMaxAge=" + jwksMaxAge + ", wrappingKey=" + (wrappingKey == null ? "none" : "***")
                + ", formerWrappingKeys=" + formerWrappingKeys.size() + " ***]";
    }
}
