package dev.parley.media.encryption;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores the wrapped data keys. There are few: one more each month. */
@Component
final class FileKeyStore {

    private final ReactiveMongoTemplate mongo;

    FileKeyStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<StoredFileKey> find(String id) {
        return mongo.findById(id, StoredFileKey.class);
    }

    Mono<StoredFileKey> newest() {
        return mongo.find(all(Sort.Direction.DESC).limit(1), StoredFileKey.class)
                .next();
    }

    Flux<StoredFileKey> all() {
        return mongo.find(all(Sort.Direction.ASC), StoredFileKey.class);
    }

    private static Query all(Sort.Direction direction) {
        return Query.query(Criteria.where("_id").gt("")).with(Sort.by(direction, "_id"));
    }

    Mono<StoredFileKey> add(StoredFileKey key) {
        return mongo.insert(key);
    }

    /** Replaces a key by the same key wrapped anew, unless somebody else has done so meanwhile. */
    Mono<Boolean> rewrap(StoredFileKey before, StoredFileKey after) {
        Query unchanged = Query.query(
                Criteria.where("_id").is(before.id()).and("masterKeyId").is(before.masterKeyId()));
        Update update = Update.update("masterKeyId", after.masterKeyId()).set("wrapped", after.wrapped());
        return mongo.updateFirst(unchanged, update, StoredFileKey.class).map(result -> result.getModifiedCount() == 1);
    }
}
