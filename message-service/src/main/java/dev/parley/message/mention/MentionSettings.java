package dev.parley.message.mention;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mentions are found.
 *
 * @param maxMentions users whom one message can mention; at most 25, because auth-service looks up 50 names at once and a
 *     name may be read in two ways
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
