package dev.parley.platform.job;

import dev.parley.platform.id.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.scheduler.Schedulers;

/** Recurring jobs, for services with a store. */
@AutoConfiguration(
        afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration",
        beforeName = "dev.parley.platform.outbox.OutboxAutoConfiguration")
@ConditionalOnBean(ReactiveMongoTemplate.class)
@EnableConfigurationProperties(JobSettings.class)
public class JobAutoConfiguration {

    @Bean
    Leadership leadership(
            ReactiveMongoTemplate mongo,
            JobSettings settings,
            @Value("${spring.application.name:service}") String service) {
        return new Leadership(
                new LeaseStore(mongo, settings.group().isEmpty() ? service : settings.group()),
                Ids.next(),
                settings.lease(),
                System::nanoTime,
                Schedulers.parallel());
    }

    @Bean
    RecurringJobs recurringJobs(Leadership leadership, MeterRegistry meters) {
        return new RecurringJobs(leadership, meters);
    }
}
