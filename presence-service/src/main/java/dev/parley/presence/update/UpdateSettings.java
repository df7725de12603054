package dev.parley.presence.update;

import dev.parley.platform.settings.SettingsCheck;
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
 * @param maxUsersPerRequest of how many members the view is requested at a time; at most 500
 */
public record UpdateSettings(
        @DefaultValue("200ms") Duration interval,
        @DefaultValue("250") int membersPerInterval,
        @DefaultValue("10s") Duration maxInterval,
        @DefaultValue("20000") int maxConversations,
        @DefaultValue("32") int maxInFlight,
        @DefaultValue("250") int maxUsersPerRequest) {

    /** As conversation-service limits it. */
    private static final int MAX_USERS_OF_REQUEST = 500;

    public UpdateSettings {
        SettingsCheck.of("parley.presence.updates")
                .positive("interval", interval)
                .positive("members-per-interval", membersPerInterval)
                .require(
                        maxInterval.compareTo(interval) >= 0,
                        "max-interval",
                        "must not be shorter than parley.presence.updates.interval")
                .positive("max-conversations", maxConversations)
                .positive("max-in-flight", maxInFlight)
                .require(
                        maxUsersPerRequest > 0 && maxUsersPerRequest <= MAX_USERS_OF_REQUEST,
                        "max-users-per-request",
                        "must be between 1 and " + MAX_USERS_OF_REQUEST);
    }

    /** The time between two updates of a conversation with this many members online. */
    public Duration intervalOf(int members) {
        Duration grown = interval.multipliedBy(1 + members / membersPerInterval);
        return grown.compareTo(maxInterval) > 0 ? maxInterval : grown;
    }
}
