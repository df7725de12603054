package dev.parley.auth.token;

import dev.parley.platform.store.Indexes;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The signing keys as all instances share them. A key's id is the start of its period, so that of two instances that
 * make the same period's key at once only one succeeds, and both use that one.
 */
@Component
class SigningKeyStore {

    private static final String COLLECTION = "signingKeys";

    /** Past its last use a key is kept for as long as any token of it could live, and a day for clocks and doubts. */
    private static final Duration KEPT = TokenSettings.MAX_LIFETIME.plusDays(1);

    record Stored(@Id String id, Instant from, Instant until, String privateKey, Instant expireAt) {

        @Override
        public String toString() {
            return "Stored[" + id + ", ***]";
        }
    }

    private final ReactiveMongoTemplate mongo;
    private final KeyWrapping wrapping;

    SigningKeyStore(ReactiveMongoTemplate mongo, KeyWrapping wrapping) {
        this.mongo = mongo;
        this.wrapping = wrapping;
    }

    /** Stores a new key for the period, unless it has one. */
    Mono<Void> create(Instant from, Duration rotation) {
        return Mono.fromCallable(() -> stored(SigningKey.generate(from, rotation)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(key -> mongo.insert(key, COLLECTION))
                .then()
                .onErrorComplete(DuplicateKeyException.class);
    }

    /** The keys that signed until the given time or later, oldest first. */
    Flux<SigningKey> signingAfter(Instant time) {
        Query query = Query.query(Criteria.where("until").gt(time)).with(Sort.by("until"));
        return mongo.find(query, Stored.class, COLLECTION).map(this::signingKey);
    }

    private Stored stored(SigningKey key) {
        String id = key.from().toString();
        String privateKey = wrapping.wrap(key.key().toJSONString(), id);
        return new Stored(id, key.from(), key.until(), privateKey, key.until().plus(KEPT));
    }

    private SigningKey signingKey(Stored stored) {
        return SigningKey.parse(wrapping.unwrap(stored.privateKey(), stored.id()), stored.from(), stored.until());
    }

    /** Expired keys are removed. Nothing relies on it: an expired key is not published any more. */
    @Bean
    static Indexes signingKeyIndexes() {
        return Indexes.of(
                COLLECTION,
                new Index("until", Sort.Direction.ASC),
                new Index("expireAt", Sort.Direction.ASC).expire(0));
    }
}
