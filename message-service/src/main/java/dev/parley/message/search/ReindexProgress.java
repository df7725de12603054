package dev.parley.message.search;

import dev.parley.message.indexing.SearchWords;
import dev.parley.platform.id.Ids;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How far the words of stored messages are made in the way of now ({@link SearchWords#VERSION}). It is stored, so that a start
 * goes on where another stopped, and so that one instance at a time works on it.
 */
@Component
class ReindexProgress {

    /** An instance that stopped in the middle is waited for that long. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** Ids of messages that are written at the same time may come that much out of order. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    private static final String LAST_ID = "lastId";
    private static final String DONE = "done";
    private static final String OWNER = "owner";
    private static final String LEASED_UNTIL = "leasedUntil";

    /**
     * @param startedAt when the first instance began
     * @param lastId of the messages that are done; empty at the beginning
     */
    @Document("searchProgress")
    record Stored(
            @Id String id,
            Instant startedAt,
            String lastId,
            boolean done,
            @Nullable String owner,
            Instant leasedUntil) {}

    private final ReactiveMongoTemplate mongo;
    private final Duration settling;
    private final String id = "words-" + SearchWords.VERSION;
    private final String owner = Ids.next();

    ReindexProgress(ReactiveMongoTemplate mongo, SearchSettings settings) {
        this.mongo = mongo;
        this.settling = settings.reindexSettling();
    }

    /** Notes that the work begins, unless that is noted already. */
    Mono<Void> begin() {
        return mongo.insert(new Stored(id, Instant.now(), "", false, null, Instant.EPOCH))
                .onErrorResume(DuplicateKeyException.class, begun -> Mono.empty())
                .then();
    }

    /** Takes the turn to do the next messages; empty if there is nothing to do, or if it is another instance's turn. */
    Mono<Stored> take() {
        Instant now = Instant.now();
        Query free = Query.query(Criteria.where("_id")
                .is(id)
                .and(DONE)
                .is(false)
                .orOperator(
                        Criteria.where(OWNER).is(owner),
                        Criteria.where(LEASED_UNTIL).lte(now)));
        return mongo.findAndModify(
                free,
                Update.update(OWNER, owner).set(LEASED_UNTIL, now.plus(LEASE)),
                FindAndModifyOptions.options().returnNew(true),
                Stored.class);
    }

    /** Notes up to where it is done. */
    Mono<Void> advance(String lastId) {
        return mongo.updateFirst(mine(), Update.update(LAST_ID, lastId), Stored.class)
                .then();
    }

    /**
     * Notes that the last message is done. While a deployment replaces instances, those of an earlier version go on storing
     * words in their way. So what was written since the beginning is done once more when they are gone.
     */
    Mono<Void> finish(Stored turn) {
        Instant settled = turn.startedAt().plus(settling);
        Update update = settled.isAfter(Instant.now())
                ? Update.update(LAST_ID, idAt(turn.startedAt().minus(DISORDER))).set(LEASED_UNTIL, settled)
                : Update.update(DONE, true);
        return mongo.updateFirst(mine(), update.unset(OWNER), Stored.class).then();
    }

    Mono<Boolean> isDone() {
        return mongo.findById(id, Stored.class).map(Stored::done).defaultIfEmpty(false);
    }

    private Query mine() {
        return Query.query(Criteria.where("_id").is(id).and(OWNER).is(owner));
    }

    /** The first id of that time (RFC 9562, section 5.7). */
    private static String idAt(Instant time) {
        long millis = time.toEpochMilli();
        return "%08x-%04x".formatted(millis >>> 16, millis & 0xFFFF);
    }
}
