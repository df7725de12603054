package dev.parley.platform.security;

import dev.parley.platform.settings.SettingsCheck;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service verifies platform tokens.
 *
 * @param jwksUri where auth-service publishes its public keys (RFC 7517)
 * @param issuer the only accepted {@code iss}
 * @param audience the {@code aud} that a token must carry
 * @param clockSkew how far clocks may be apart when a token's times are checked
 * @param revokedSessionsRemembered how long tokens of a session that was ended are refused; at least as long as they live,
 *     which auth-service bounds by a day
 * @param maxRevokedSessions how many ended sessions are remembered; past that the tokens of an older one are accepted again
 *     until they expire
 * @param publicPaths path patterns that need no token
 * @param unknownKeyPause how long after the keys were fetched a token that names another key does not have them fetched again
 * @param verifiedTokens how long a verified token is not verified again
 */
@ConfigurationProperties("parley.security")
public record SecuritySettings(
        URI jwksUri,
        @DefaultValue("parley") String issuer,
        @DefaultValue("parley") String audience,
        @DefaultValue("5s") Duration clockSkew,
        @DefaultValue("1d") Duration revokedSessionsRemembered,
        @DefaultValue("200000") long maxRevokedSessions,
        @DefaultValue List<String> publicPaths,
        @DefaultValue("10s") Duration unknownKeyPause,
        @DefaultValue VerifiedTokens verifiedTokens) {

    private static final String PREFIX = "parley.security";

    public SecuritySettings {
        SettingsCheck.of(PREFIX)
                .given("jwks-uri", jwksUri)
                .given("issuer", issuer)
                .given("audience", audience)
                .notNegative("clock-skew", clockSkew)
                .positive("revoked-sessions-remembered", revokedSessionsRemembered)
                .positive("max-revoked-sessions", maxRevokedSessions)
                .notNegative("unknown-key-pause", unknownKeyPause);
    }

    /**
     * What is remembered of tokens whose signature was checked. That a token expires, or that its session ends, counts at
     * once all the same.
     *
     * @param max how many tokens; about one for each user who is active at the same time. 0 remembers none
     * @param maxAge after that the signature is checked again, because its key may have been withdrawn
     */
    public record VerifiedTokens(
            @DefaultValue("5000") long max,
            @DefaultValue("1m") Duration maxAge) {

        public VerifiedTokens {
            SettingsCheck.of(PREFIX + ".verified-tokens")
                    .notNegative("max", max)
                    .positive("max-age", maxAge);
        }
    }
}
