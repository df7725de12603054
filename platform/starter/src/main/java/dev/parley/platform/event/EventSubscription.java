package dev.parley.platform.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a service wants to hear. Declared as a bean, whose name stands in the metrics and in the names of the threads; read
 * from when the service starts until it stops.
 *
 * @param group the consumer group whose instances share the partitions, each event handled by one of them, from the
 *     oldest that the group has not handled; null if every instance reads every partition, from now on
 * @param lookBack how much earlier than now a reader without a group begins
 */
public record EventSubscription(String topic, @Nullable String group, EventHandler handler, Duration lookBack) {

    public static EventSubscription shared(String topic, String group, EventHandler handler) {
        return new EventSubscription(topic, group, handler, Duration.ZERO);
    }

    public static EventSubscription broadcast(String topic, EventHandler handler) {
        return broadcast(topic, Duration.ZERO, handler);
    }

    /** Also what happened within this time before the start. */
    public static EventSubscription broadcast(String topic, Duration lookBack, EventHandler handler) {
        return new EventSubscription(topic, null, handler, lookBack);
    }
}
