package dev.parley.presence.stream;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is remembered to recognise repeated events.
 *
 * @param maxEventIds how many ids of events are remembered
 * @param maxSequences of how many conversations, messages and members the last number is remembered, for each kind of event
 */
public record StreamSettings(
        @DefaultValue("100000") int maxEventIds,
        @DefaultValue("500000") int maxSequences) {

    public StreamSettings {
        SettingsCheck.of("parley.presence.stream")
                .positive("max-event-ids", maxEventIds)
                .positive("max-sequences", maxSequences);
    }
}
