package dev.parley.auth.token;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * The keys that sign access tokens.
 *
 * @param rotation how long each key signs
 * @param publishAhead how long before its first use a key is published
 * @param refresh how long the keys are used before they are read from the store again
 * @param jwksMaxAge how long others may cache the public keys
 * @param wrappingKey a 256-bit AES key in base64 that encrypts the private keys in the store; without it they are stored
 *     in the clear
 */
@ConfigurationProperties("parley.auth.signing")
public record SigningSettings(
        @DefaultValue("30d") Duration rotation,
        @DefaultValue("1d") Duration publishAhead,
        @DefaultValue("1m") Duration refresh,
        @DefaultValue("5m") Duration jwksMaxAge,
        @Nullable String wrappingKey) {

    public SigningSettings {
        Assert.isTrue(rotation.toMillis() > 0, "parley.auth.signing.rotation must be positive");
        Assert.isTrue(refresh.toMillis() > 0, "parley.auth.signing.refresh must be positive");
        Assert.isTrue(!jwksMaxAge.isNegative(), "parley.auth.signing.jwks-max-age must not be negative");
        Assert.isTrue(
                publishAhead.compareTo(rotation) < 0 && !publishAhead.isNegative(),
                "parley.auth.signing.publish-ahead must be shorter than the rotation");
    }

    @Override
    public String toString() {
        return "SigningSettings[rotation=" + rotation + ", publishAhead=" + publishAhead + ", refresh=" + refresh
                + ", jwksMaxAge=" + jwksMaxAge + ", wrappingKey=" + (wrappingKey == null ? "none" : "***") + "]";
    }
}
