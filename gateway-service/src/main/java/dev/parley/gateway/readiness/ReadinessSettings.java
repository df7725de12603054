package dev.parley.gateway.readiness;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway watches which services are ready.
 *
 * @param startInterval how often a service is asked that was not ready yet
 * @param interval how often a service is asked that was ready before
 * @param timeout how long an answer may take
 */
@ConfigurationProperties("parley.gateway.readiness")
record ReadinessSettings(
        @DefaultValue("250ms") Duration startInterval,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("2s") Duration timeout) {

    ReadinessSettings {
        checkPositive(startInterval, "start-interval");
        checkPositive(interval, "interval");
        checkPositive(timeout, "timeout");
    }

    private static void checkPositive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("parley.gateway.readiness." + name + " must be positive");
        }
    }
}
