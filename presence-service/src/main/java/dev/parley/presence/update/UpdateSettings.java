package dev.parley.presence.update;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often members are shown that a conversation has changed.
 *
 * @param interval the shortest time between two updates of one conversation, while few members are online
 * @param membersPerInterval the interval grows by itself once more for each this many members online
 * @param maxInterval the longest interval
 * @param maxConversations how many conversations may have pending updates; members see a further conversation with its next
 *     change
 * @param maxInFlight how many conversations are requested at a time
 */
public record UpdateSettings(
        @DefaultValue("200ms") Duration interval,
        @DefaultValue("250") int membersPerInterval,
        @DefaultValue("10s") Duration maxInterval,
        @DefaultValue("20000") int maxConversations,
        @DefaultValue("32") int maxInFlight) {

    /** The time between two updates of a conversation with this many members online. */
    public Duration intervalOf(int members) {
        Duration grown = interval.multipliedBy(1 + members / membersPerInterval);
        return grown.compareTo(maxInterval) > 0 ? maxInterval : grown;
    }
}
