package dev.parley.platform.outbox;

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
 * @param maxCounted up to how many waiting documents are counted for the metrics
 * @param clearDelay how long a published event may stay on its document
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
        @DefaultValue("200ms") Duration clearDelay,
        @DefaultValue("500") int clearBatch,
        @DefaultValue("20000") int maxUncleared) {

    public OutboxSettings {
        require(isPositive(sweepInterval), "sweep-interval");
        require(sweepBatch > 0, "sweep-batch");
        require(maxTries > 0, "max-tries");
        require(isPositive(setAsideInterval), "set-aside-interval");
        require(maxCounted > 0, "max-counted");
        require(isPositive(clearDelay), "clear-delay");
        require(clearBatch > 0, "clear-batch");
        require(maxUncleared > 0, "max-uncleared");
        if (sweepAge.isNegative()) {
            throw new IllegalArgumentException("parley.outbox.sweep-age must not be negative");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void require(boolean positive, String name) {
        if (!positive) {
            throw new IllegalArgumentException("parley.outbox." + name + " must be positive");
        }
    }
}
