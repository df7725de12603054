package dev.parley.gateway.limit;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many API requests a client may make, at all gateways together. Sockets are not counted here.
 *
 * @param enabled whether to count at all
 * @param userPerSecond requests a second of one user, in the long run
 * @param userBurst requests of one user at once
 * @param addressPerSecond requests a second without a token from one address, in the long run
 * @param addressBurst requests without a token from one address at once
 * @param failuresPerSecond refused requests a second from one address, in the long run. Past that the answer is 429
 * @param failuresBurst refused requests from one address at once
 * @param gateways how many gateways there are. Each lets its part of a rate through, and all that is allowed at once: so it is at once that
 *     more than the limit may pass, once for each gateway
 * @param maxTracked how many users and addresses are remembered; the one that was idle longest is forgotten
 */
@ConfigurationProperties("parley.gateway.rate-limit")
record RateLimitSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("100") int userPerSecond,
        @DefaultValue("500") int userBurst,
        @DefaultValue("50") int addressPerSecond,
        @DefaultValue("500") int addressBurst,
        @DefaultValue("20") int failuresPerSecond,
        @DefaultValue("500") int failuresBurst,
        @DefaultValue("1") int gateways,
        @DefaultValue("100000") int maxTracked) {

    RateLimitSettings {
        SettingsCheck.of("parley.gateway.rate-limit")
                .positive("user-per-second", userPerSecond)
                .positive("user-burst", userBurst)
                .positive("address-per-second", addressPerSecond)
                .positive("address-burst", addressBurst)
                .positive("failures-per-second", failuresPerSecond)
                .positive("failures-burst", failuresBurst)
                .positive("gateways", gateways)
                .positive("max-tracked", maxTracked);
    }

    /** In this time this gateway lets through what all let through in a second. */
    Duration period() {
        return Duration.ofSeconds(gateways);
    }
}
