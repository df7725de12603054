package dev.parley.platform.outbox;

import dev.parley.platform.event.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

/** The outbox, for services that declare an {@link OutboxSource}. */
@AutoConfiguration(
        afterName = {
            "dev.parley.platform.event.EventAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration"
        })
@ConditionalOnBean(OutboxSource.class)
@EnableConfigurationProperties(OutboxSettings.class)
public class OutboxAutoConfiguration {

    @Bean
    OutboxMetrics outboxMetrics(MeterRegistry meters, List<OutboxSource> sources) {
        return new OutboxMetrics(meters, sources);
    }

    @Bean
    Outbox outbox(
            ReactiveMongoTemplate mongo, EventPublisher publisher, OutboxSettings settings, OutboxMetrics metrics) {
        return new Outbox(mongo, publisher, settings, metrics);
    }

    @Bean
    OutboxSweeper outboxSweeper(
            ReactiveMongoTemplate mongo,
            Outbox outbox,
            List<OutboxSource> sources,
            OutboxSettings settings,
            OutboxMetrics metrics) {
        return new OutboxSweeper(mongo, outbox, sources, settings, metrics);
    }
}
