package dev.parley.platform.outbox;

import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Mono;

/** The outbox, for services that declare an {@link OutboxSource}. */
@AutoConfiguration(
        afterName = {
            "dev.parley.platform.event.EventAutoConfiguration",
            "dev.parley.platform.job.JobAutoConfiguration",
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

    /** After the broker was away for long, all instances would publish all that was left. */
    @Bean
    RecurringJob outboxSweep(RecurringJobs jobs, OutboxSweeper sweeper, OutboxSettings settings) {
        return jobs.onceLater(
                "publication of events that were left",
                settings.sweepInterval(),
                Mono.defer(() -> sweeper.sweep(settings.sweepAge())));
    }

    /**
     * What a crash of this instance left is not kept waiting until somebody leads again. That other instances publish some of it at the same time does
     * no harm. And each counts what waits, for its metrics.
     */
    @Bean
    RecurringJob outboxStart(RecurringJobs jobs, OutboxSweeper sweeper, OutboxSettings settings) {
        AtomicBoolean swept = new AtomicBoolean();
        Mono<Void> left = sweeper.sweep(Duration.ZERO).doOnSuccess(done -> swept.set(true));
        return jobs.everywhere(
                "publication of events that were left before the start",
                settings.sweepInterval(),
                Mono.defer(() -> swept.get() ? sweeper.sample() : left.then(sweeper.sample())));
    }
}
