package dev.parley.platform.limit;

import dev.parley.platform.job.JobAutoConfiguration;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import dev.parley.platform.store.Indexes;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import reactor.core.publisher.Mono;

/** Limits that the instances of a service share, for services with a store. */
@AutoConfiguration(
        after = JobAutoConfiguration.class,
        afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration")
@ConditionalOnBean(ReactiveMongoTemplate.class)
public class LimitAutoConfiguration {

    @Bean
    SharedBuckets sharedBuckets(ReactiveMongoTemplate mongo) {
        return new SharedBuckets(mongo);
    }

    @Bean
    RecurringJob exchangeOfLimits(RecurringJobs jobs, SharedBuckets buckets) {
        return jobs.everywhere(
                "exchange of what counts for limits", SharedBuckets.INTERVAL, Mono.defer(buckets::exchange));
    }

    @Bean
    static Indexes limitIndexes() {
        return Indexes.of(SharedBuckets.COLLECTION, new Index(SharedBuckets.EXPIRE_AT, Sort.Direction.ASC).expire(0));
    }
}
