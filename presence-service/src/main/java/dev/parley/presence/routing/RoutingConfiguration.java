package dev.parley.presence.routing;

import dev.parley.platform.event.TopicSettings;
import dev.parley.presence.FanoutSettings;
import dev.parley.presence.PresenceSettings;
import java.time.Duration;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/** The router, and a node that reads only its inbox. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = FanoutSettings.DIRECTED)
@Import({
    ChangedConversations.class,
    CurrentNode.class,
    InboxReader.class,
    InterestPublisher.class,
    InterestRegistry.class,
    InterestSweeper.class,
    RouterLoop.class,
    RoutingMetrics.class
})
class RoutingConfiguration {

    /** A node that is so far behind starts again. */
    private static final Duration INBOX_RETENTION = Duration.ofMinutes(10);

    private static final int INTEREST_PARTITIONS = 2;

    @Bean
    KafkaAdmin.NewTopics routingTopics(TopicSettings topics, PresenceSettings settings) {
        String segment = Long.toString(INBOX_RETENTION.toMillis());
        return new KafkaAdmin.NewTopics(
                TopicBuilder.name(RoutingTopics.INTEREST)
                        .partitions(INTEREST_PARTITIONS)
                        .replicas(topics.replicas())
                        .compact()
                        .config(TopicConfig.SEGMENT_MS_CONFIG, segment)
                        .build(),
                TopicBuilder.name(RoutingTopics.INBOXES)
                        .partitions(settings.fanout().inboxes())
                        .replicas(topics.replicas())
                        .config(TopicConfig.RETENTION_MS_CONFIG, segment)
                        .config(TopicConfig.SEGMENT_MS_CONFIG, segment)
                        .build());
    }

    @Bean
    KafkaLoop inboxLoop(InboxReader reader) {
        return new KafkaLoop("inbox", reader::run);
    }

    @Bean
    KafkaLoop routerLoop(RouterLoop router) {
        return new KafkaLoop("router", router::run);
    }
}
