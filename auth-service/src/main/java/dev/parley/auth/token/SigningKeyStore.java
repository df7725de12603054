package dev.parley.auth.token;

import dev.parley.platform.encryption.KeyWrapping;
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
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Stores the signing keys, which all instances share. The id of a key is the start of its period, so if two instances create the
 * key of a period at once only one succeeds, and both use that key.
 */
@Component
class SigningKeyStore {

    private static final String COLLECTION = "signingKeys";

    /** How long a key is kept after its period: the longest lifetime of a token, and a day to be safe. */
    private static final Duration KEPT = TokenSettings.MAX_LIFETIME.plusDays(1);

    record Stored(@Id String id, Instant from, Instant until, String privateKey, Instant expireAt) {

        @Override
        public String toString() {
            return "Stored[" + id + ", ***]";
        }
    }

    private final ReactiveMongoTemplate mongo;
    private final KeyWrapping wrapping;

    SigningKeyStore(ReactiveMongoTemplate mongo, SigningSettings settings) {
        this.mongo = mongo;
        this.wrapping = new KeyWrapping("parley.auth.signing", settings.wrappingKey(), settings.formerWrappingKeys());
    }

    /** Creates and stores the key of a period. Does nothing if the period has one. */
    Mono<Void> create(Instant from, Duration rotation) {
        return Mono.fromCallable(() -> stored(SigningKey.generate(from, rotation)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(key -> mongo.insert(key, COLLECTION))
                .then()
                .onErrorComplete(DuplicateKeyException.class);
    }

    /** The keys whose periods end after the given time, oldest first. */
    Flux<SigningKey> signingAfter(Instant time) {
        Query query = Query.query(Criteria.where("until").gt(time)).with(Sort.by("until"));
        return mongo.find(query, Stored.class, COLLECTION).map(this::signingKey);
    }

    /** Encrypts what was stored before there was this wrapping key. Another instance may do the same at the same time. */
    Mono<Void> wrapOutdated() {
        return mongo.findAll(Stored.class, COLLECTION)
                .filter(key -> wrapping.isOutdated(key.privateKey(), key.id()))
                .concatMap(this::wrapAgain)
                .then();
    }

    private Mono<?> wrapAgain(Stored key) {
        String plain = wrapping.unwrap(key.privateKey(), key.id());
        return mongo.updateFirst(
                Query.query(Criteria.where("_id").is(key.id()).and("privateKey").is(key.privateKey())),
                Update.update("privateKey", wrapping.wrap(plain, key.id())),
                COLLECTION);
    }

    private Stored stored(SigningKey key) {
        String id = key.from().toString();
        String privateKey = wrapping.wrap(key.key().toJSONString(), id);
        return new Stored(id, key.from(), key.until(), privateKey, key.until().plus(KEPT));
    }

    private SigningKey signingKey(Stored stored) {
        return SigningKey.parse(wrapping.unwrap(stored.privateKey(), stored.id()), stored.from(), stored.until());
    }

    /** The store removes expired keys. Nothing depends on that: an expired key is not published. */
    @Bean
    static Indexes signingKeyIndexes() {
        return Indexes.of(
                COLLECTION,
                new Index("until", Sort.Direction.ASC),
                new Index("expireAt", Sort.Direction.ASC).expire(0));
    }
}
