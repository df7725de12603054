package dev.parley.platform.job;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which instance does the jobs that one does for all.
 *
 * @param lease how long the others wait for an instance that died before one of them takes over; it is renewed five times in this
 *     time. The clocks of the instances may show any time, as long as none of them runs a tenth faster than another
 * @param group instances with the same group and store do these jobs once; nothing for the name of the service
 */
@ConfigurationProperties("parley.jobs")
public record JobSettings(
        @DefaultValue("10s") Duration lease,
        @DefaultValue("") String group) {

    /** In this time a lease is renewed five times. */
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);

    public JobSettings {
        SettingsCheck.of("parley.jobs")
                .require(lease.compareTo(SHORTEST_LEASE) >= 0, "lease", "must be at least 100ms");
    }
}
