package dev.parley.auth.session;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sessions.
 *
 * @param idleTimeout how long a session lives without a refresh
 * @param maxLifetime how long a session lives however often it is refreshed; then the user signs in again
 * @param retryGrace how long a refresh token that was used may be presented again, as long as its successor was not used: it gets the
 *     same successor
 */
@ConfigurationProperties("parley.auth.sessions")
record SessionSettings(
        @DefaultValue("30d") Duration idleTimeout,
        @DefaultValue("90d") Duration maxLifetime,
        @DefaultValue("60s") Duration retryGrace) {

    SessionSettings {
        SettingsCheck.of("parley.auth.sessions")
                .atLeastAMillisecond("idle-timeout", idleTimeout)
                .require(
                        maxLifetime.compareTo(idleTimeout) >= 0,
                        "max-lifetime",
                        "must be at least parley.auth.sessions.idle-timeout")
                .notNegative("retry-grace", retryGrace);
    }

    /** When a session ends that is not refreshed after this time. */
    Instant endOf(Instant createdAt, Instant lastRefresh) {
        Instant idle = lastRefresh.plus(idleTimeout);
        Instant latest = createdAt.plus(maxLifetime);
        return idle.isBefore(latest) ? idle : latest;
    }

    boolean isLive(Session session, Instant now) {
        return session.revokedAt() == null
                && session.expiresAt().isAfter(now)
                // The stored end is by the settings of the last refresh. A shorter maximum counts at once.
                && session.createdAt().plus(maxLifetime).isAfter(now);
    }
}
