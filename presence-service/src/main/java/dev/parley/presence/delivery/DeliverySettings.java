package dev.parley.presence.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How it is reported that messages reached their recipients.
 *
 * @param interval how long deliveries are gathered before they are reported
 * @param retry how long after a report that failed it is made again
 * @param maxBatch deliveries of one report
 * @param maxWaiting members of conversations whose delivery may wait to be reported, and messages to devices whose fate may
 *     be unknown; a delivery more is not reported until the next message, or until the recipient fetches
 */
public record DeliverySettings(
        @DefaultValue("50ms") Duration interval,
        @DefaultValue("2s") Duration retry,
        @DefaultValue("1000") int maxBatch,
        @DefaultValue("200000") int maxWaiting) {}
