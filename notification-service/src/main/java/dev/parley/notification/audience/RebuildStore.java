package dev.parley.notification.audience;

import dev.parley.notification.audience.AudienceCopy.Portion;
import dev.parley.notification.audience.RebuildState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores how far everything was copied, so that one instance copies at a time and another can go on. */
@Component
public final class RebuildStore {

    private final ReactiveMongoTemplate mongo;
    private final Duration lease;

    RebuildStore(ReactiveMongoTemplate mongo, AudienceSettings settings) {
        this.mongo = mongo;
        this.lease = settings.lease();
    }

    /** The state; one that has not begun if there was none. */
    public Mono<RebuildState> read() {
        return mongo.findById(RebuildState.ID, RebuildState.class)
                .switchIfEmpty(Mono.defer(() -> modify(
                        any(),
                        new Update()
                                .setOnInsert("phase", Phase.CONVERSATIONS)
                                .setOnInsert("heldUntil", Instant.EPOCH)
                                .setOnInsert("conversations", 0L)
                                .setOnInsert("members", 0L)
                                .setOnInsert("startedAt", now()))));
    }

    /** Has everything copied again from the beginning. Whoever is copying ends. */
    public Mono<RebuildState> restart() {
        return read().then(modify(
                any(),
                new Update()
                        .set("phase", Phase.CONVERSATIONS)
                        .unset("after")
                        .unset("holder")
                        .set("heldUntil", Instant.EPOCH)
                        .set("conversations", 0L)
                        .set("members", 0L)
                        .set("startedAt", now())));
    }

    /** @return empty if there is nothing to copy, or another does it */
    Mono<RebuildState> hold(String holder) {
        Query free = any().addCriteria(Criteria.where("phase").ne(Phase.DONE))
                .addCriteria(Criteria.where("heldUntil").lt(now()));
        return change(free, new Update().set("holder", holder).set("heldUntil", now().plus(lease)));
    }

    /** Notes that a portion was copied. @return empty if another copies by now, or begins again */
    Mono<RebuildState> advance(RebuildState held, Portion portion) {
        Update next = new Update().set("heldUntil", now().plus(lease));
        next.inc(held.phase() == Phase.CONVERSATIONS ? "conversations" : "members", portion.copied());
        if (portion.last() != null) {
            next.set("after", portion.last());
        } else if (held.phase() == Phase.CONVERSATIONS) {
            next.unset("after").set("phase", Phase.MEMBERS);
        } else {
            next.unset("after").unset("holder").set("phase", Phase.DONE).set("finishedAt", now());
            if (held.completeSince() == null) {
                next.set("completeSince", now());
            }
        }
        return change(held(held), next);
    }

    /** Lets another go on at once. */
    Mono<RebuildState> release(RebuildState held) {
        return change(held(held), new Update().unset("holder").set("heldUntil", Instant.EPOCH));
    }

    private static Query held(RebuildState state) {
        return any().addCriteria(Criteria.where("holder").is(state.holder()))
                .addCriteria(Criteria.where("startedAt").is(state.startedAt()));
    }

    private static Query any() {
        return Query.query(Criteria.where("_id").is(RebuildState.ID));
    }

    private Mono<RebuildState> change(Query query, Update update) {
        return mongo.findAndModify(query, update, FindAndModifyOptions.options().returnNew(true), RebuildState.class);
    }

    private Mono<RebuildState> modify(Query query, Update update) {
        return mongo.findAndModify(
                query, update, FindAndModifyOptions.options().returnNew(true).upsert(true), RebuildState.class);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
