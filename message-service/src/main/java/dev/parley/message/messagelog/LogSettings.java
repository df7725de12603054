package dev.parley.message.messagelog;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are written.
 *
 * @param maxBatch messages of one conversation that are stored in one write
 * @param maxQueuedPerConversation messages of one conversation that may wait to be stored; one more is refused
 * @param maxWriteQueues conversations whose write queue and end of the log are kept in memory, those in use included
 */
@ConfigurationProperties("parley.message")
record LogSettings(
        @DefaultValue("64") int maxBatch,
        @DefaultValue("1000") int maxQueuedPerConversation,
        @DefaultValue("50000") int maxWriteQueues) {

    LogSettings {
        SettingsCheck.of("parley.message")
                .positive("max-batch", maxBatch)
                .positive("max-queued-per-conversation", maxQueuedPerConversation)
                .positive("max-write-queues", maxWriteQueues);
    }
}
