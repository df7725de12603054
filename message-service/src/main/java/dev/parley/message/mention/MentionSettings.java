package dev.parley.message.mention;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mentions are found.
 *
 * @param maxMentions places in a message where somebody may be mentioned, and so users whom it can mention; at most 25,
 *     because a name may be read in many ways that are all looked up
 * @param mentionTimeout how long a message waits for its mentions; then it is sent without
 */
@ConfigurationProperties("parley.message")
record MentionSettings(
        @DefaultValue("20") int maxMentions,
        @DefaultValue("2s") Duration mentionTimeout) {

    MentionSettings {
        SettingsCheck.of("parley.message")
                .require(maxMentions >= 1 && maxMentions <= 25, "max-mentions", "must be from 1 to 25")
                .atLeastAMillisecond("mention-timeout", mentionTimeout);
    }
}
