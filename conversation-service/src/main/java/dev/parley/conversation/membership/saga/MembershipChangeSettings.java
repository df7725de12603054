package dev.parley.conversation.membership.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How memberships change.
 *
 * @param maxNamed users that one notice names; more who come together get further notices
 * @param patience how long a change waits for others of the same conversation, and for message-service
 * @param sweepInterval how often is looked for changes that were begun and not ended
 * @param sweepAge how old a change must be to count as left rather than under way
 * @param sweepBatch how many conversations are taken at once
 */
@ConfigurationProperties("parley.conversation.change")
public record MembershipChangeSettings(
        @DefaultValue("100") int maxNamed,
        @DefaultValue("20s") Duration patience,
        @DefaultValue("5s") Duration sweepInterval,
        @DefaultValue("10s") Duration sweepAge,
        @DefaultValue("100") int sweepBatch) {

    public MembershipChangeSettings {
        if (maxNamed < 1 || sweepBatch < 1) {
            throw new IllegalArgumentException("The limits of parley.conversation.change are too small");
        }
    }
}
