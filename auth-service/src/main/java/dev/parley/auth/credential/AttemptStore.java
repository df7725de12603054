package dev.parley.auth.credential;

import dev.parley.platform.store.Indexes;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts attempts for all instances: each count from the first attempt to the end of its window. */
@Component
class AttemptStore {

    static final String COLLECTION = "loginAttempts";

    private static final String COUNT = "count";
    private static final String ENDS_AT = "endsAt";

    /** @param endsAt when counting begins anew */
    record Counted(@Id String id, int count, Instant endsAt) {}

    private final ReactiveMongoTemplate mongo;

    AttemptStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** @param end of the window, if this is its first attempt */
    Mono<Counted> count(String id, Instant now, Instant end) {
        Query open = Query.query(Criteria.where("_id").is(id).and(ENDS_AT).gt(now));
        return mongo.findAndModify(
                        open,
                        new Update().inc(COUNT, 1).setOnInsert(ENDS_AT, end),
                        FindAndModifyOptions.options().returnNew(true).upsert(true),
                        Counted.class,
                        COLLECTION)
                .onErrorResume(DuplicateKeyException.class, over -> restart(id, now, end));
    }

    private Mono<Counted> restart(String id, Instant now, Instant end) {
        Query over = Query.query(Criteria.where("_id").is(id).and(ENDS_AT).lte(now));
        return mongo.findAndModify(
                        over,
                        Update.update(COUNT, 1).set(ENDS_AT, end),
                        FindAndModifyOptions.options().returnNew(true),
                        Counted.class,
                        COLLECTION)
                // Another one has begun the window meanwhile.
                .switchIfEmpty(Mono.defer(() -> count(id, now, end)));
    }

    Mono<Void> uncount(String id) {
        Query counted = Query.query(Criteria.where("_id").is(id).and(COUNT).gt(0));
        return mongo.updateFirst(counted, new Update().inc(COUNT, -1), COLLECTION)
                .then();
    }

    Mono<Void> forget(String id) {
        return mongo.remove(Query.query(Criteria.where("_id").is(id)), COLLECTION)
                .then();
    }

    @Bean
    static Indexes attemptIndexes() {
        return Indexes.of(COLLECTION, new Index(ENDS_AT, Sort.Direction.ASC).expire(0));
    }
}
