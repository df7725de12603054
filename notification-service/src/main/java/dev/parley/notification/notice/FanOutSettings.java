package dev.parley.notification.notice;

import dev.parley.platform.settings.Backoff;
import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what there is to tell is brought to those who are told.
 *
 * @param batch notices that are claimed at once
 * @param maxBatchesAtOnce batches that one instance works on at the same time
 * @param recipientsAtOnce members of a conversation who are looked at before it is noted how far that has come
 * @param pollInterval how often an instance looks for what is due
 * @param lease how long a claimed notice is left to the instance that has it; if that was killed, another one goes on then
 * @param retryDelay how long after the first failure a notice is tried again; doubled with each further one, until it is too old
 * @param maxRetryDelay the longest such time
 * @param keep how long a notice is kept from when it was heard of, to say what its pushes show
 * @param maxCounted up to how many waiting notices are counted for the metrics
 */
@ConfigurationProperties("parley.notification.fan-out")
public record FanOutSettings(
        @DefaultValue("100") int batch,
        @DefaultValue("2") int maxBatchesAtOnce,
        @DefaultValue("500") int recipientsAtOnce,
        @DefaultValue("200ms") Duration pollInterval,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("1s") Duration retryDelay,
        @DefaultValue("1m") Duration maxRetryDelay,
        @DefaultValue("1d") Duration keep,
        @DefaultValue("10000") int maxCounted) {

    public FanOutSettings {
        SettingsCheck.of("parley.notification.fan-out")
                .positive("batch", batch)
                .positive("max-batches-at-once", maxBatchesAtOnce)
                .positive("recipients-at-once", recipientsAtOnce)
                .atLeastAMillisecond("poll-interval", pollInterval)
                .atLeastAMillisecond("lease", lease)
                .atLeastAMillisecond("retry-delay", retryDelay)
                .require(
                        maxRetryDelay.compareTo(retryDelay) >= 0,
                        "max-retry-delay",
                        "must be at least parley.notification.fan-out.retry-delay")
                .atLeastAMillisecond("keep", keep)
                .positive("max-counted", maxCounted);
    }

    /** How long after a failed try the next one follows. */
    Duration delayAfter(int tries) {
        return Backoff.after(tries, retryDelay, maxRetryDelay);
    }
}
