package dev.parley.platform.outbox;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events leave the documents that carry them.
 *
 * @param sweepInterval how often the sweeper looks for what was left
 * @param sweepAge how old an event must be to count as left rather than on its way
 * @param sweepBatch how many documents the sweeper takes at once
 * @param maxTries how often a document is tried that cannot be published for what its events are, before it is set aside
 * @param setAsideInterval how often a document that is set aside is tried again
 * @param maxCounted up to how many waiting documents of a collection are counted for the metrics, and up to how many that are
 *     set aside hold up the later events of their keys
 * @param keep how long a published event stays on its document at least; of a document with more than 16 events none is kept
 * @param clearDelay how long it may stay there after that
 * @param clearBatch how many documents are cleared in one write
 * @param maxUncleared how many documents may wait to be cleared
 */
@ConfigurationProperties("parley.outbox")
public record OutboxSettings(
        @DefaultValue("5s") Duration sweepInterval,
        @DefaultValue("10s") Duration sweepAge,
        @DefaultValue("500") int sweepBatch,
        @DefaultValue("5") int maxTries,
        @DefaultValue("10m") Duration setAsideInterval,
        @DefaultValue("10000") int maxCounted,
        @DefaultValue("0s") Duration keep,
        @DefaultValue("200ms") Duration clearDelay,
        @DefaultValue("500") int clearBatch,
        @DefaultValue("20000") int maxUncleared) {

    public OutboxSettings {
        SettingsCheck.of("parley.outbox")
                .positive("sweep-interval", sweepInterval)
                .positive("sweep-batch", sweepBatch)
                .positive("max-tries", maxTries)
                .positive("set-aside-interval", setAsideInterval)
                .positive("max-counted", maxCounted)
                .positive("clear-delay", clearDelay)
                .positive("clear-batch", clearBatch)
                .positive("max-uncleared", maxUncleared)
                .notNegative("keep", keep)
                .notNegative("sweep-age", sweepAge);
    }
}
