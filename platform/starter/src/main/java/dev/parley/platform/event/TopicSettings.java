package dev.parley.platform.event;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are created where they do not exist.
 *
 * @param partitions how many parts of a topic can be consumed at once; raising it later breaks the order by key
 * @param replicas on how many brokers a record is kept
 */
@ConfigurationProperties("parley.topics")
public record TopicSettings(
        @DefaultValue("8") int partitions,
        @DefaultValue("1") short replicas) {

    public TopicSettings {
        SettingsCheck.of("parley.topics").positive("partitions", partitions).positive("replicas", replicas);
    }
}
