package dev.parley.presence.routing;

import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.TopicSettings;
import dev.parley.presence.FanoutSettings;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.online.LocalPresence;
import dev.parley.presence.stream.ConversationEventHandler;
import dev.parley.presence.stream.EventLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The router, and a node that reads only its inbox. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = FanoutSettings.DIRECTED)
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
    CurrentNode currentNode() {
        return new CurrentNode();
    }

    @Bean
    InterestPublisher interestPublisher(KafkaTemplate<String, byte[]> eventTemplate, JsonMapper json) {
        return new InterestPublisher(eventTemplate, json);
    }

    @Bean
    InterestRegistry interestRegistry(InterestPublisher publisher, PresenceSettings settings) {
        return new InterestRegistry(publisher, settings);
    }

    @Bean
    ChangedConversations changedConversations(LocalPresence presence) {
        return new ChangedConversations(presence);
    }

    @Bean
    InterestSweeper interestSweeper(
            CurrentNode current,
            InterestPublisher publisher,
            InterestRegistry interest,
            LocalPresence presence,
            PresenceSettings settings) {
        return new InterestSweeper(current, publisher, interest, presence, settings.nodes());
    }

    @Bean
    InboxReader inboxReader(
            ConsumerFactory<String, byte[]> consumers,
            CurrentNode current,
            InterestRegistry interest,
            InterestPublisher publisher,
            EventLog eventLog,
            ConversationEventHandler handler,
            RoomRegistry rooms,
            EventCodec codec,
            JsonMapper json,
            RoutingMetrics metrics,
            PresenceSettings settings) {
        return new InboxReader(
                consumers, current, interest, publisher, eventLog, handler, rooms, codec, json, metrics, settings);
    }

    @Bean
    KafkaLoop inboxLoop(InboxReader reader) {
        return new KafkaLoop("inbox", reader::run);
    }

    @Bean
    RouterLoop router(
            ConsumerFactory<String, byte[]> consumers,
            KafkaTemplate<String, byte[]> eventTemplate,
            InterestPublisher publisher,
            CurrentNode current,
            EventCodec codec,
            JsonMapper json,
            RoutingMetrics metrics,
            PresenceSettings settings) {
        return new RouterLoop(consumers, eventTemplate, publisher, current, codec, json, metrics, settings);
    }

    @Bean
    KafkaLoop routerLoop(RouterLoop router) {
        return new KafkaLoop("router", router::run);
    }

    @Bean
    RoutingMetrics routingMetrics(MeterRegistry meters, InterestRegistry interest) {
        return new RoutingMetrics(meters, interest);
    }
}
