package dev.parley.auth.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

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
        Assert.isTrue(lifetime.toMillis() > 0, "parley.auth.sessions.lifetime must be positive");
        Assert.isTrue(rememberedTokens > 0, "parley.auth.sessions.remembered-tokens must be positive");
    }
}
