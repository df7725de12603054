package dev.parley.notification.push;

import dev.parley.notification.device.Devices;
import dev.parley.notification.provider.PushProvider;
import dev.parley.platform.event.TopicSettings;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

@Configuration(proxyBeanMethods = false)
class PushConfiguration {

    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(7);

    @Bean
    OutboxSource pushOutbox() {
        return DeadLetters.SOURCE;
    }

    /** The dead letters are few: one partition keeps them in their order. */
    @Bean
    KafkaAdmin.NewTopics pushTopics(TopicSettings settings) {
        return new KafkaAdmin.NewTopics(TopicBuilder.name(DeadLetters.TOPIC)
                .partitions(1)
                .replicas(settings.replicas())
                .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(DEAD_LETTERS_KEPT.toMillis()))
                .build());
    }

    @Bean
    ProviderDeliveries providerDeliveries(
            ObjectProvider<PushProvider> providers,
            PushStore store,
            PushCheck check,
            Devices devices,
            DeliverySettings settings,
            BreakerSettings breaker,
            RetryDelays delays,
            PushMetrics metrics,
            MeterRegistry meters,
            Tracing tracing) {
        return new ProviderDeliveries(
                providers.stream().toList(),
                store,
                check,
                devices,
                settings,
                breaker,
                delays,
                metrics,
                meters,
                tracing);
    }

    @Bean
    Indexes pushIndexes() {
        return indexes();
    }

    static Indexes indexes() {
        return Indexes.of(
                PushStore.COLLECTION,
                // Only what waits is in it, so it stays small.
                new Index("waiting.provider", Direction.ASC)
                        .on("waiting.dueAt", Direction.ASC)
                        .sparse()
                        .named("due"),
                new Index("userId", Direction.ASC)
                        .on("messageId", Direction.ASC)
                        .named("log"),
                new Index("shownFor", Direction.ASC)
                        .on("seq", Direction.ASC)
                        .sparse()
                        .named("shown"),
                new Index("receipt.provider", Direction.ASC)
                        .on("receipt.dueAt", Direction.ASC)
                        .sparse()
                        .named("receipts"),
                new Index("expireAt", Direction.ASC).expire(0).named("expiry"),
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"));
    }
}
