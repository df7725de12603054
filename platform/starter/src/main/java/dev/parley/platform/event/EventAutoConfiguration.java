package dev.parley.platform.event;

import dev.parley.events.Topics;
import dev.parley.platform.store.StoreAutoConfiguration;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Publishing and reading events over Kafka. */
@AutoConfiguration(
        // Topics are created after the format of the stored documents is known.
        after = StoreAutoConfiguration.class,
        afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnBooleanProperty(name = "parley.events.enabled", matchIfMissing = true)
@EnableConfigurationProperties({TopicSettings.class, ConsumerSettings.class})
public class EventAutoConfiguration {

    @Bean
    EventCodec eventCodec(JsonMapper json, @Value("${spring.application.name}") String service) {
        return new EventCodec(json, "/parley/" + service);
    }

    @Bean
    KafkaTemplate<String, byte[]> eventTemplate(ProducerFactory<String, byte[]> producers) {
        return new KafkaTemplate<>(producers);
    }

    @Bean
    EventPublisher eventPublisher(
            KafkaTemplate<String, byte[]> eventTemplate, EventCodec codec, MeterRegistry meters, Tracing tracing) {
        return new EventPublisher(eventTemplate, codec, meters, tracing);
    }

    @Bean
    EventConsumers eventConsumers(
            Map<String, EventSubscription> subscriptions,
            ConsumerFactory<String, byte[]> consumers,
            KafkaAdmin admin,
            KafkaTemplate<String, byte[]> eventTemplate,
            EventCodec codec,
            ConsumerSettings settings,
            MeterRegistry meters,
            Tracing tracing) {
        return new EventConsumers(subscriptions, consumers, admin, eventTemplate, codec, settings, meters, tracing);
    }

    @Bean
    TopicCreation topicCreation(KafkaAdmin admin) {
        return new TopicCreation(admin);
    }

    @Bean
    KafkaAdmin.NewTopics platformTopics(TopicSettings settings, List<EventSubscription> subscriptions) {
        Stream<NewTopic> topics = Topics.ALL.stream().map(spec -> topic(spec, settings));
        Stream<NewTopic> deadLetters = subscriptions.stream()
                .filter(subscription -> subscription.group() != null)
                .map(subscription -> ConsumerErrorHandlers.deadLetterTopic(subscription.topic(), subscription.group()))
                .map(name -> TopicBuilder.name(name)
                        .partitions(1)
                        .replicas(settings.replicas())
                        .build());
        return new KafkaAdmin.NewTopics(Stream.concat(topics, deadLetters).toArray(NewTopic[]::new));
    }

    private static NewTopic topic(Topics.Spec spec, TopicSettings settings) {
        TopicBuilder topic =
                TopicBuilder.name(spec.name()).partitions(settings.partitions()).replicas(settings.replicas());
        return spec.retention() == null
                ? topic.compact().build()
                : topic.config(
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(spec.retention().toMillis()))
                        .build();
    }
}
