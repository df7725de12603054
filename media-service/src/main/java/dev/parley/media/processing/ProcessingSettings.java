package dev.parley.media.processing;

import dev.parley.platform.settings.Backoff;
import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How files are worked on after they were confirmed.
 *
 * @param maxAtOnce files that one instance works on at the same time
 * @param timeLimit how long the work on one file may take
 * @param maxTries how often it is tried; then the file stays without a preview, or without a scan: failed
 * @param retryDelay how long after the first failure it is tried again; doubled with each further one
 * @param maxRetryDelay the longest such time, and how often a file is tried while clamd is away
 * @param sweepInterval how often an instance looks for files whose turn has come, beside when it is told of one
 * @param maxCounted up to how many waiting files are counted for the metrics
 * @param folder where contents are while they are worked on; empty: a folder of its own under the system's for temporary files
 */
@ConfigurationProperties("parley.media.processing")
public record ProcessingSettings(
        @DefaultValue("2") int maxAtOnce,
        @DefaultValue("2m") Duration timeLimit,
        @DefaultValue("4") int maxTries,
        @DefaultValue("5s") Duration retryDelay,
        @DefaultValue("1m") Duration maxRetryDelay,
        @DefaultValue("5s") Duration sweepInterval,
        @DefaultValue("10000") int maxCounted,
        @DefaultValue("") String folder) {

    public ProcessingSettings {
        SettingsCheck.of("parley.media.processing")
                .positive("max-at-once", maxAtOnce)
                .atLeastAMillisecond("time-limit", timeLimit)
                .positive("max-tries", maxTries)
                .atLeastAMillisecond("retry-delay", retryDelay)
                .require(
                        maxRetryDelay.compareTo(retryDelay) >= 0,
                        "max-retry-delay",
                        "must be at least parley.media.processing.retry-delay")
                .atLeastAMillisecond("sweep-interval", sweepInterval)
                .positive("max-counted", maxCounted);
    }

    /** How long after a failed try the next one follows. */
    Duration delayAfter(int tries) {
        return Backoff.after(tries, retryDelay, maxRetryDelay);
    }
}
