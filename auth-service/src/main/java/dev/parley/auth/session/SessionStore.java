package dev.parley.auth.session;

import dev.parley.platform.store.Indexes;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores sessions. Revoked ones stay until they would have expired, so that their tokens are known as such. */
@Component
class SessionStore {

    private static final String COLLECTION = "sessions";

    private final ReactiveMongoTemplate mongo;
    private final SessionSettings settings;

    SessionStore(ReactiveMongoTemplate mongo, SessionSettings settings) {
        this.mongo = mongo;
        this.settings = settings;
    }

    Mono<Session> add(Session session) {
        return mongo.insert(session, COLLECTION);
    }

    /** Empty if there is none, or its time is over, or it was revoked. */
    Mono<Session> findLive(String sessionId, Instant now) {
        return find(sessionId).filter(session -> session.isLiveAt(now));
    }

    Mono<Session> find(String sessionId) {
        return mongo.findOne(withId(sessionId), Session.class, COLLECTION);
    }

    /** Replaces the token by the next. Empty if the token is not the one that may be used now. */
    Mono<Session> rotate(String sessionId, String hash, String nextHash, Instant now) {
        Query usable = Query.query(Criteria.where("_id")
                .is(sessionId)
                .and("tokenHash")
                .is(hash)
                .and("revokedAt")
                .is(null)
                .and("expiresAt")
                .gt(now));
        Update update = new Update()
                .set("tokenHash", nextHash)
                .set("expiresAt", now.plus(settings.lifetime()))
                .push("usedHashes")
                .slice(-settings.rememberedTokens())
                .each(hash);
        return mongo.findAndModify(
                usable, update, FindAndModifyOptions.options().returnNew(true), Session.class, COLLECTION);
    }

    Mono<Void> revoke(String sessionId, Instant now) {
        return revoke(withId(sessionId), now);
    }

    Mono<Void> revokeAllOf(String userId, Instant now) {
        return revoke(Query.query(Criteria.where("userId").is(userId)), now);
    }

    private Mono<Void> revoke(Query which, Instant now) {
        which.addCriteria(Criteria.where("revokedAt").is(null));
        return mongo.updateMulti(which, Update.update("revokedAt", now), COLLECTION)
                .then();
    }

    private static Query withId(String sessionId) {
        return Query.query(Criteria.where("_id").is(sessionId));
    }

    @Bean
    static Indexes sessionIndexes() {
        return Indexes.of(
                COLLECTION, new Index("userId", Direction.ASC), new Index("expiresAt", Direction.ASC).expire(0));
    }
}
