package dev.parley.conversation.membership.saga;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How memberships change.
 *
 * @param maxNamed users that one system message names; if more are added together, there are further system messages
 * @param patience how long a change waits for others of the same conversation, and for message-service; shorter than
 *     {@code parley.requests.time-limit}
 * @param sweepInterval how often the sweeper looks for changes that were begun and not completed
 * @param sweepAge how old a change must be for the sweeper to complete it; younger ones are under way
 * @param sweepBatch how many conversations the sweeper reads at once
 */
@ConfigurationProperties("parley.conversation.change")
public record MembershipChangeSettings(
        @DefaultValue("100") int maxNamed,
        @DefaultValue("4s") Duration patience,
        @DefaultValue("5s") Duration sweepInterval,
        @DefaultValue("10s") Duration sweepAge,
        @DefaultValue("100") int sweepBatch) {

    public MembershipChangeSettings {
        SettingsCheck.of("parley.conversation.change")
                .positive("max-named", maxNamed)
                .positive("patience", patience)
                .positive("sweep-interval", sweepInterval)
                .notNegative("sweep-age", sweepAge)
                .positive("sweep-batch", sweepBatch);
    }
}
