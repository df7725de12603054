package dev.parley.platform.event;

import dev.parley.events.Event;
import java.time.Instant;

/**
 * An event as it was read from its topic.
 *
 * @param id the same for every repetition of the event
 * @param time when it happened, by the publisher's clock
 */
public record ReceivedEvent(String id, Instant time, Event data, int partition, long offset) {}
