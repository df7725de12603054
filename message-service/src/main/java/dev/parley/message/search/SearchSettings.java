package dev.parley.message.search;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a search may do.
 *
 * @param maxSearchHits the newest messages that a search finds and counts
 * @param maxSearchTime how long the store may look for messages or files in one conversation
 * @param maxSearchedAtOnce conversations that one search looks into at the same time
 * @param maxFileMessages the newest messages with files of a conversation whose files are listed and counted
 */
@ConfigurationProperties("parley.message")
record SearchSettings(
        @DefaultValue("1000") int maxSearchHits,
        @DefaultValue("2s") Duration maxSearchTime,
        @DefaultValue("16") int maxSearchedAtOnce,
        @DefaultValue("5000") int maxFileMessages) {

    SearchSettings {
        SettingsCheck.of("parley.message")
                .positive("max-search-hits", maxSearchHits)
                .atLeastAMillisecond("max-search-time", maxSearchTime)
                .positive("max-searched-at-once", maxSearchedAtOnce)
                .positive("max-file-messages", maxFileMessages);
    }
}
