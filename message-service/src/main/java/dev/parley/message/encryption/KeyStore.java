package dev.parley.message.encryption;

import dev.parley.platform.encryption.ConversationKey;
import dev.parley.platform.encryption.ConversationKeySource;
import java.time.Instant;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores the wrapped data keys. */
@Component
final class KeyStore implements ConversationKeySource {

    private final ReactiveMongoTemplate mongo;

    KeyStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public Mono<ConversationKey> find(String conversationId) {
        return mongo.findById(conversationId, StoredKey.class).map(StoredKey::toKey);
    }

    /** Stores the key of a conversation. If it has one already, because another instance was first, gives that one. */
    Mono<ConversationKey> add(ConversationKey key) {
        return mongo.insert(StoredKey.of(key, Instant.now()))
                .map(StoredKey::toKey)
                .onErrorResume(DuplicateKeyException.class, taken -> find(key.conversationId()));
    }

    /** Keys that a master key wraps, in the order of conversation ids, from behind the given one. */
    Flux<ConversationKey> wrappedBy(String masterKeyId, String afterConversationId, int limit) {
        Query next = Query.query(
                        Criteria.where("masterKeyId").is(masterKeyId).and("_id").gt(afterConversationId))
                .with(Sort.by("_id"))
                .limit(limit);
        return mongo.find(next, StoredKey.class).map(StoredKey::toKey);
    }

    /** Replaces a key by the same key wrapped anew, unless somebody else has done so meanwhile. */
    Mono<Boolean> rewrap(ConversationKey before, ConversationKey after) {
        Query unchanged = Query.query(Criteria.where("_id")
                .is(before.conversationId())
                .and("keyId")
                .is(before.keyId())
                .and("masterKeyId")
                .is(before.masterKeyId()));
        Update update = Update.update("masterKeyId", after.masterKeyId()).set("wrapped", after.wrapped());
        return mongo.updateFirst(unchanged, update, StoredKey.class).map(result -> result.getModifiedCount() == 1);
    }
}
