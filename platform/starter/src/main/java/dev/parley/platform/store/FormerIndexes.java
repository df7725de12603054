package dev.parley.platform.store;

import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import dev.parley.platform.job.Term;
import java.time.Duration;
import java.util.Set;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.IndexInfo;
import reactor.core.publisher.Mono;

/**
 * Takes away indexes that no version in use asks for. An index that changes gets another name. Its old one is named here by the version
 * after that one: so the version before finds all that it needs, whether it runs beside or comes back.
 */
public final class FormerIndexes {

    private static final Duration INTERVAL = Duration.ofHours(1);

    private FormerIndexes() {}

    /** Declared as a bean, beside the {@link Indexes} of the collection. What is gone already is no failure. */
    public static RecurringJob removal(
            RecurringJobs jobs, ReactiveMongoTemplate mongo, String collection, Set<String> names) {
        return jobs.once(
                "removal of former indexes of " + collection,
                INTERVAL,
                Mono.defer(() -> remove(mongo, collection, names)));
    }

    static Mono<Void> remove(ReactiveMongoTemplate mongo, String collection, Set<String> names) {
        return mongo.indexOps(collection)
                .getIndexInfo()
                .map(IndexInfo::getName)
                .filter(names::contains)
                .concatMap(name -> Term.step(mongo.indexOps(collection).dropIndex(name)))
                .then();
    }
}
