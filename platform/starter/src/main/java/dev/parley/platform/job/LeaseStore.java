package dev.parley.platform.job;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import reactor.core.publisher.Mono;

/** Stores the lease of one group of instances. Each write is of what was read, or nothing is written. */
final class LeaseStore {

    private static final String HOLDER = "holder";
    private static final String TERM = "term";
    private static final String RENEWALS = "renewals";

    private final ReactiveMongoTemplate mongo;
    private final String id;

    LeaseStore(ReactiveMongoTemplate mongo, String id) {
        this.mongo = mongo;
        this.id = id;
    }

    Mono<Lease> read() {
        return mongo.findById(id, Lease.class);
    }

    /** The first lease; empty if another instance was quicker. */
    Mono<Lease> create(String holder) {
        return mongo.insert(new Lease(id, holder, 1, 0))
                .onErrorResume(DuplicateKeyException.class, taken -> Mono.empty());
    }

    /** Begins the next term; empty if the lease has changed since it was seen. */
    Mono<Lease> take(Lease seen, String holder) {
        Query unchanged = held(seen.holder(), seen.term())
                .addCriteria(Criteria.where(RENEWALS).is(seen.renewals()));
        return mongo.findAndModify(
                unchanged,
                Update.update(HOLDER, holder).inc(TERM, 1),
                FindAndModifyOptions.options().returnNew(true),
                Lease.class);
    }

    /** @return false if another instance has taken it */
    Mono<Boolean> renew(Lease lease) {
        return mongo.updateFirst(held(lease.holder(), lease.term()), new Update().inc(RENEWALS, 1), Lease.class)
                .map(result -> result.getMatchedCount() > 0);
    }

    /** Lets another instance take it at once. */
    Mono<Void> release(Lease lease) {
        return mongo.updateFirst(held(lease.holder(), lease.term()), new Update().unset(HOLDER), Lease.class)
                .then();
    }

    private Query held(@Nullable String holder, long term) {
        return Query.query(
                Criteria.where("_id").is(id).and(HOLDER).is(holder).and(TERM).is(term));
    }
}
