package dev.parley.conversation.delivery;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How it is noted that members were shown last messages.
 *
 * @param interval how long they are gathered before they are noted as delivered
 * @param retry how long after a failure it is tried again
 * @param maxWaiting members whose last messages may wait to be noted; those of more are dropped
 */
@ConfigurationProperties("parley.conversation.shown")
record ShownMessagesSettings(
        @DefaultValue("250ms") Duration interval,
        @DefaultValue("2s") Duration retry,
        @DefaultValue("20000") int maxWaiting) {

    ShownMessagesSettings {
        SettingsCheck.of("parley.conversation.shown")
                .atLeastAMillisecond("interval", interval)
                .atLeastAMillisecond("retry", retry)
                .positive("max-waiting", maxWaiting);
    }
}
