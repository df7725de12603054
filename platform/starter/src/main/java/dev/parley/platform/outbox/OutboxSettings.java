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
 * @param clearDelay how long a published event may stay on its document
 * @param clearBatch how many documents are cleared in one write
 * @param maxUncleared how many documents may wait to be cleared
 */
@ConfigurationProperties("parley.outbox")
public record OutboxSettings(
        @DefaultValue("5s") Duration sweepInterval,
        @DefaultValue("10s") Duration sweepAge,
        @DefaultValue("500") int sweepBatch,
        @DefaultValue("200ms") Duration clearDelay,
        @DefaultValue("500") int clearBatch,
        @DefaultValue("20000") int maxUncleared) {}
