package dev.parley.platform.security;

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
 * @param publicPaths path patterns that need no token
 */
@ConfigurationProperties("parley.security")
public record SecuritySettings(
        URI jwksUri,
        @DefaultValue("parley") String issuer,
        @DefaultValue("parley") String audience,
        @DefaultValue("5s") Duration clockSkew,
        @DefaultValue("1d") Duration revokedSessionsRemembered,
        @DefaultValue List<String> publicPaths) {}
