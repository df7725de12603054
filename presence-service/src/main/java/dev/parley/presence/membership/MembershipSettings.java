package dev.parley.presence.membership;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is remembered about membership changes that this node has read.
 *
 * @param changeRetention how long a change is remembered: longer than an answer of conversation-service takes, and longer
 *     than events are repeated
 * @param maxChangedUsers of how many users changes are remembered
 * @param maxChangesPerUser how many changes are remembered of one user
 */
public record MembershipSettings(
        @DefaultValue("10m") Duration changeRetention,
        @DefaultValue("100000") int maxChangedUsers,
        @DefaultValue("1000") int maxChangesPerUser) {

    public MembershipSettings {
        SettingsCheck.of("parley.presence.membership")
                .positive("change-retention", changeRetention)
                .positive("max-changed-users", maxChangedUsers)
                .positive("max-changes-per-user", maxChangesPerUser);
    }
}
