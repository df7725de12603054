package dev.parley.presence.update;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often members are told what became of a conversation.
 *
 * @param interval the shortest time between two updates of one conversation, while few members are online
 * @param membersPerInterval by how many members online the interval grows by itself once more
 * @param maxInterval the longest it grows to
 * @param maxConversations conversations whose members may wait for an update; of one more they hear with its next change
 * @param maxInFlight conversations that are asked about at a time
 */
public record UpdateSettings(
        @DefaultValue("200ms") Duration interval,
        @DefaultValue("250") int membersPerInterval,
        @DefaultValue("10s") Duration maxInterval,
        @DefaultValue("20000") int maxConversations,
        @DefaultValue("32") int maxInFlight) {

    /** The time between two updates where so many members are online. */
    public Duration intervalOf(int members) {
        Duration grown = interval.multipliedBy(1 + members / membersPerInterval);
        return grown.compareTo(maxInterval) > 0 ? maxInterval : grown;
    }
}
