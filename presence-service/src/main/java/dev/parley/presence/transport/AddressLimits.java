package dev.parley.presence.transport;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the clients of one address may do at this node together.
 *
 * @param maxSessions sessions that are open at a time; zero for no limit
 * @param maxUnadmitted of these, the ones whose client is not admitted yet; zero for no limit
 * @param failuresPerSecond how often in the long run a client may be refused for what it says who it is; zero for no limit
 * @param failuresBurst how often at once
 * @param retryAfter after which time a client is told to try again that finds too many sessions of its address
 * @param maxTracked of how many addresses the failures are remembered
 * @param trustedHops proxies in front of this service that append to {@code X-Forwarded-For}, the gateway among them; 0 to
 *     ignore the header
 */
public record AddressLimits(
        @DefaultValue("1000") int maxSessions,
        @DefaultValue("100") int maxUnadmitted,
        @DefaultValue("2") int failuresPerSecond,
        @DefaultValue("100") int failuresBurst,
        @DefaultValue("5s") Duration retryAfter,
        @DefaultValue("100000") int maxTracked,
        @DefaultValue("1") int trustedHops) {

    public AddressLimits {
        SettingsCheck.of("parley.presence.addresses")
                .notNegative("max-sessions", maxSessions)
                .notNegative("max-unadmitted", maxUnadmitted)
                .notNegative("failures-per-second", failuresPerSecond)
                .require(failuresPerSecond == 0 || failuresBurst > 0, "failures-burst", "must be positive")
                .require(retryAfter.toSeconds() > 0, "retry-after", "must be at least a second")
                .positive("max-tracked", maxTracked)
                .notNegative("trusted-hops", trustedHops);
    }

    public static AddressLimits defaults() {
        return new AddressLimits(1_000, 100, 2, 100, Duration.ofSeconds(5), 100_000, 1);
    }

    public static AddressLimits unlimited() {
        return new AddressLimits(0, 0, 0, 1, Duration.ofSeconds(5), 1, 1);
    }
}
