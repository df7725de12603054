package dev.parley.notification.webpush;

import dev.parley.platform.encryption.KeyWrapping;
import java.time.Instant;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the one VAPID key pair, which all instances share. Of several that start at once one stores its key, and all use that.
 */
@Component
class VapidKeyStore {

    private static final String COLLECTION = "vapidKeys";

    /** Browsers subscribe to one key, and every other is refused for them: so there is one for ever. */
    private static final String THE_KEY = "vapid";

    record Stored(@Id String id, String privateKey, Instant createdAt) {

        @Override
        public String toString() {
            return "Stored[" + id + ", ***]";
        }
    }

    private final ReactiveMongoTemplate mongo;
    private final KeyWrapping wrapping;

    VapidKeyStore(ReactiveMongoTemplate mongo, WebPushSettings settings) {
        this.mongo = mongo;
        this.wrapping = wrapping(settings.wrappingKey(), settings.formerWrappingKeys());
    }

    static KeyWrapping wrapping(String wrappingKey, List<String> formerKeys) {
        return new KeyWrapping(WebPushSettings.PREFIX, wrappingKey.isEmpty() ? null : wrappingKey, formerKeys);
    }

    /** The stored pair; makes it if there is none, and encrypts it if it is not encrypted with the present wrapping key. */
    Mono<VapidKeyPair> loadOrCreate() {
        return stored().switchIfEmpty(Mono.defer(() -> create().then(stored())))
                .flatMap(key -> wrapOutdated(key).thenReturn(key))
                .map(key -> VapidKeyPair.ofJwk(wrapping.unwrap(key.privateKey(), key.id())));
    }

    private Mono<Stored> stored() {
        return mongo.findById(THE_KEY, Stored.class, COLLECTION);
    }

    private Mono<Void> create() {
        return Mono.fromCallable(() -> VapidKeyPair.generate().toJwk())
                .subscribeOn(Schedulers.boundedElastic())
                .map(key -> new Stored(THE_KEY, wrapping.wrap(key, THE_KEY), Instant.now()))
                .flatMap(key -> mongo.insert(key, COLLECTION))
                .then()
                .onErrorComplete(DuplicateKeyException.class);
    }

    /** Another instance may do the same at the same time. */
    private Mono<Void> wrapOutdated(Stored key) {
        if (!wrapping.isOutdated(key.privateKey(), key.id())) {
            return Mono.empty();
        }
        String plain = wrapping.unwrap(key.privateKey(), key.id());
        return mongo.updateFirst(
                        Query.query(Criteria.where("_id")
                                .is(key.id())
                                .and("privateKey")
                                .is(key.privateKey())),
                        Update.update("privateKey", wrapping.wrap(plain, key.id())),
                        COLLECTION)
                .then();
    }
}
