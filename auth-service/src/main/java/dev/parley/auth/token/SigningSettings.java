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
 * @param refresh how long a key ring is used before it is read again; bounds how late a new key is seen
 * @param wrappingKey a 256-bit AES key in base64 that encrypts the private keys in the store; without it they are stored
 *     in the clear
 */
@ConfigurationProperties("parley.auth.signing")
record SigningSettings(
        @DefaultValue("30d") Duration rotation,
        @DefaultValue("1d") Duration publishAhead,
        @DefaultValue("1m") Duration refresh,
        @Nullable String wrappingKey) {

    SigningSettings {
        Assert.isTrue(
                publishAhead.compareTo(rotation) < 0 && !publishAhead.isNegative(),
                "parley.auth.signing.publish-ahead must be shorter than the rotation");
    }

    @Override
    public String toString() {
        return "SigningSettings[rotation=" + rotation + ", publishAhead=" + publishAhead + ", refresh=" + refresh
                + ", wrappingKey=" + (wrappingKey == null ? "none" : "***") + "]";
    }
}
