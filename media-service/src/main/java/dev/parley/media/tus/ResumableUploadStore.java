package dev.parley.media.tus;

import java.time.Instant;
import java.util.List;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads and writes resumable uploads. Whoever changes one locks it for a while, and says in each change who that is: a change
 * by somebody who has lost the lock is not made.
 */
@Component
final class ResumableUploadStore {

    static final String COLLECTION = "resumableUploads";
    static final String EXPIRES_AT = "expiresAt";

    private static final String ID = "_id";
    private static final String OFFSET = "offset";
    private static final String PARTS = "parts";
    private static final String LOCKED_UNTIL = "lockedUntil";
    private static final String LOCKED_BY = "lockedBy";
    private static final String AWAITED = "awaited";
    private static final String WRITING = "writing";
    private static final FindAndModifyOptions NEW =
            FindAndModifyOptions.options().returnNew(true);

    private final ReactiveMongoTemplate mongo;

    ResumableUploadStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<ResumableUpload> insert(ResumableUpload upload) {
        return mongo.insert(upload);
    }

    Mono<ResumableUpload> byId(String id) {
        return mongo.findById(id, ResumableUpload.class);
    }

    /** Those whose lifetime was over at that time, and that nobody writes. */
    Flux<ResumableUpload> expired(Instant now, int limit) {
        return mongo.find(
                Query.query(Criteria.where(EXPIRES_AT).lt(now).and(LOCKED_UNTIL).lt(now))
                        .limit(limit),
                ResumableUpload.class);
    }

    /** @return empty if somebody else has the lock, or there is no such upload */
    Mono<ResumableUpload> lock(String id, String owner, Instant now, Instant until) {
        return change(
                Query.query(Criteria.where(ID).is(id).and(LOCKED_UNTIL).lt(now)),
                new Update().set(LOCKED_BY, owner).set(LOCKED_UNTIL, until).set(AWAITED, false));
    }

    /** Tells the owner of the lock that somebody waits for it. */
    Mono<Void> await(String id) {
        return mongo.updateFirst(
                        Query.query(Criteria.where(ID).is(id)), new Update().set(AWAITED, true), ResumableUpload.class)
                .then();
    }

    /** @return empty if the lock is lost; so for all that follow */
    Mono<ResumableUpload> renew(String id, String owner, Instant until) {
        return change(owned(id, owner), new Update().set(LOCKED_UNTIL, until));
    }

    Mono<ResumableUpload> beginPart(String id, String owner, String key) {
        return change(owned(id, owner), new Update().set(WRITING, key));
    }

    /** Lists the part that was being written. */
    Mono<ResumableUpload> endPart(String id, String owner, ResumableUpload.Part part) {
        return change(
                owned(id, owner),
                new Update().push(PARTS, part).inc(OFFSET, part.size()).unset(WRITING));
    }

    Mono<ResumableUpload> finish(String id, String owner) {
        return change(
                owned(id, owner),
                new Update().set("finished", true).set(PARTS, List.of()).unset(WRITING));
    }

    Mono<Void> release(String id, String owner) {
        return mongo.updateFirst(owned(id, owner), new Update().set(LOCKED_UNTIL, Instant.EPOCH), ResumableUpload.class)
                .then();
    }

    Mono<Void> delete(String id) {
        return mongo.remove(Query.query(Criteria.where(ID).is(id)), ResumableUpload.class)
                .then();
    }

    private static Query owned(String id, String owner) {
        return Query.query(Criteria.where(ID).is(id).and(LOCKED_BY).is(owner));
    }

    private Mono<ResumableUpload> change(Query query, Update update) {
        return mongo.findAndModify(query, update, NEW, ResumableUpload.class);
    }
}
