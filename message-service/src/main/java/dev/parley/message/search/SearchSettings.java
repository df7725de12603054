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
 * @param reindexBatch messages whose words are made anew at once, after an update by which other words are stored
 * @param reindexPause how long to wait after such a batch
 * @param reindexSettling how long instances of an earlier version may go on beside those after such an update
 */
@ConfigurationProperties("parley.message")
record SearchSettings(
        @DefaultValue("1000") int maxSearchHits,
        @DefaultValue("2s") Duration maxSearchTime,
        @DefaultValue("16") int maxSearchedAtOnce,
        @DefaultValue("5000") int maxFileMessages,
        @DefaultValue("200") int reindexBatch,
        @DefaultValue("100ms") Duration reindexPause,
        @DefaultValue("1h") Duration reindexSettling) {

    SearchSettings {
        SettingsCheck.of("parley.message")
                .positive("max-search-hits", maxSearchHits)
                .atLeastAMillisecond("max-search-time", maxSearchTime)
                .positive("max-searched-at-once", maxSearchedAtOnce)
                .positive("max-file-messages", maxFileMessages)
                .positive("reindex-batch", reindexBatch)
                .atLeastAMillisecond("reindex-pause", reindexPause)
                .atLeastAMillisecond("reindex-settling", reindexSettling);
    }
}
