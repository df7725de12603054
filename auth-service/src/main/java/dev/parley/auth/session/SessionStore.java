package dev.parley.auth.session;

import dev.parley.auth.session.Session.Rotation;
import dev.parley.events.SessionEnded;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores sessions. An ended session stays until it would have expired: the event of its end is published from there. */
@Component
class SessionStore {

    static final int MAX_AT_ONCE = 1_000;

    private static final String COLLECTION = "sessions";
    private static final OutboxSource OUTBOX = new OutboxSource(COLLECTION);

    private final ReactiveMongoTemplate mongo;
    private final EventCodec events;
    private final Outbox outbox;
    private final SessionSettings settings;

    SessionStore(ReactiveMongoTemplate mongo, EventCodec events, Outbox outbox, SessionSettings settings) {
        this.mongo = mongo;
        this.events = events;
        this.outbox = outbox;
        this.settings = settings;
    }

    Mono<Session> add(Session session) {
        return mongo.insert(session, COLLECTION);
    }

    /** Empty if there is no such session, or if it has expired or was ended. */
    Mono<Session> findLive(String sessionId, Instant now) {
        return find(sessionId).filter(session -> settings.isLive(session, now));
    }

    Mono<Session> find(String sessionId) {
        return mongo.findOne(withId(sessionId), Session.class, COLLECTION);
    }

    /** Replaces the refresh token that can be used now by its successor. Empty if it is not the one that can be used now. */
    Mono<Session> rotate(Session session, Rotation rotation, RefreshToken successor) {
        Query usable = Query.query(Criteria.where("_id")
                .is(session.id())
                .and("tokenHash")
                .is(rotation.tokenHash())
                .and("revokedAt")
                .is(null)
                .and("expiresAt")
                .gt(rotation.at()));
        Update update = new Update()
                .set("tokenHash", successor.hash())
                .set("familyHash", successor.familyHash().orElseThrow())
                .set("lastRotation", rotation)
                .set("expiresAt", settings.endOf(session.createdAt(), rotation.at()))
                // Sessions of earlier versions have a list of the tokens that were used.
                .unset("usedHashes");
        return mongo.findAndModify(
                usable, update, FindAndModifyOptions.options().returnNew(true), Session.class, COLLECTION);
    }

    /** Ends the session and publishes that. Empty if it has already ended. */
    Mono<Session> revoke(Session session, Instant now) {
        return Mono.deferContextual(context -> revoke(
                session,
                now,
                events.pending(new SessionEnded(session.userId(), session.tenantId(), session.id()), 0, now)
                        .in(context)));
    }

    private Mono<Session> revoke(Session session, Instant now, PendingEvent event) {
        Query live =
                withId(session.id()).addCriteria(Criteria.where("revokedAt").is(null));
        Update update =
                Update.update("revokedAt", now).push(OutboxSource.EVENTS, event).min(OutboxSource.SINCE, now);
        return mongo.updateFirst(live, update, COLLECTION)
                .filter(result -> result.getModifiedCount() > 0)
                .doOnNext(revoked -> outbox.publishSoon(OUTBOX, session.id(), List.of(event)))
                .map(revoked -> session);
    }

    /** Sessions of a user that have not ended, at most {@link #MAX_AT_ONCE} of them. */
    Flux<Session> ofUser(String userId) {
        Query live = Query.query(
                        Criteria.where("userId").is(userId).and("revokedAt").is(null))
                .limit(MAX_AT_ONCE);
        return mongo.find(live, Session.class, COLLECTION);
    }

    private static Query withId(String sessionId) {
        return Query.query(Criteria.where("_id").is(sessionId));
    }

    @Bean
    static OutboxSource sessionOutbox() {
        return OUTBOX;
    }

    @Bean
    static Indexes sessionIndexes() {
        return Indexes.of(
                COLLECTION,
                new Index("userId", Direction.ASC)
                        .on("revokedAt", Direction.ASC)
                        .named("ofUser"),
                new Index("expiresAt", Direction.ASC).expire(0),
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"));
    }
}
