package dev.parley.auth.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sign-ins.
 *
 * @param lifetime how long a session lives that is not refreshed; a refresh begins it anew
 * @param rememberedTokens how many used refresh tokens of a session are known again
 */
@ConfigurationProperties("parley.auth.sessions")
record SessionSettings(
        @DefaultValue("30d") Duration lifetime,
        @DefaultValue("50") int rememberedTokens) {}
