package dev.parley.notification.notice;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import dev.parley.platform.id.Ids;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.ReactiveBulkOperations;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The notices. Whoever claims one has it for the time of its lease. If nothing came of it by then, because the instance was killed,
 * somebody claims it again and goes on where it was noted to have come.
 */
@Component
class NoticeStore {

    static final String COLLECTION = "notices";
    static final String DUE_AT = "waiting.dueAt";
    static final String MESSAGE_ID = "messageId";
    static final String EXPIRE_AT = "expireAt";

    private static final String CLAIM = "waiting.claim";
    private static final String TRIES = "waiting.tries";

    /** How far a claimed notice has come. @param cursor the last user who was looked at; null if all were */
    record Progress(Notice notice, @Nullable String cursor) {}

    private final ReactiveMongoTemplate mongo;
    private final NoticeSettings settings;
    private final FanOutSettings fanOut;

    NoticeStore(ReactiveMongoTemplate mongo, NoticeSettings settings, FanOutSettings fanOut) {
        this.mongo = mongo;
        this.settings = settings;
        this.fanOut = fanOut;
    }

    /** Writes all in their order. @return how many notices there are now that there were not before */
    Mono<Integer> write(List<NoticeChange> changes) {
        Instant now = Instant.now();
        NoticeWrites writes =
                new NoticeWrites(mongo.getConverter(), now.plus(settings.hold()), now.plus(fanOut.keep()));
        List<WriteModel<Document>> models = writes.of(changes.stream());
        return models.isEmpty()
                ? Mono.just(0)
                : mongo.getCollection(COLLECTION)
                        .flatMap(notices -> Mono.from(notices.bulkWrite(models, new BulkWriteOptions().ordered(true))))
                        .map(written -> written.getUpserts().size());
    }

    /** Claims notices that are due, those first that have waited longest. */
    Mono<List<Notice>> claim() {
        Instant now = Instant.now();
        Query due = due(now).with(Sort.by(DUE_AT)).limit(fanOut.batch());
        due.fields().include("_id");
        return mongo.find(due, Document.class, COLLECTION)
                .map(found -> found.getString("_id"))
                .collectList()
                .filter(ids -> !ids.isEmpty())
                .flatMap(ids -> claim(ids, now))
                .defaultIfEmpty(List.of());
    }

    /** Another instance may have been quicker with some of them, so what is claimed is read afterwards. */
    private Mono<List<Notice>> claim(List<String> ids, Instant now) {
        String claim = Ids.next();
        Query stillDue = Query.query(Criteria.where("_id").in(ids).and(DUE_AT).lte(now));
        Update claimed = Update.update(DUE_AT, now.plus(fanOut.lease())).set(CLAIM, claim);
        return mongo.updateMulti(stillDue, claimed, COLLECTION)
                .then(mongo.find(
                                Query.query(
                                        Criteria.where("_id").in(ids).and(CLAIM).is(claim)),
                                Notice.class,
                                COLLECTION)
                        .collectList());
    }

    /**
     * Notes how far claimed notices have come, in one write. Those that are not at their end are due again at once, behind all that
     * are due already, so that a large group holds up nobody. What somebody else claimed or cancelled meanwhile is left alone.
     */
    Mono<Void> advance(List<Progress> all) {
        if (all.isEmpty()) {
            return Mono.empty();
        }
        Instant now = Instant.now();
        ReactiveBulkOperations writes = mongo.bulkOps(BulkMode.UNORDERED, COLLECTION);
        for (Progress progress : all) {
            String cursor = progress.cursor();
            Update update = cursor == null
                    ? Update.update("state", NoticeState.DONE).unset("waiting")
                    : Update.update("cursor", cursor).set("waiting", Notice.Waiting.until(now));
            writes.updateOne(claimed(progress.notice()), update);
        }
        return writes.execute().then();
    }

    Mono<Void> tryAgain(Notice notice) {
        int tries = notice.tries() + 1;
        Update later = Update.update(DUE_AT, Instant.now().plus(fanOut.delayAfter(tries)))
                .set(TRIES, tries)
                .unset(CLAIM);
        return mongo.updateFirst(claimed(notice), later, COLLECTION).then();
    }

    Mono<Void> giveUp(Notice notice) {
        Update failed = Update.update("state", NoticeState.FAILED).unset("waiting");
        return mongo.updateFirst(claimed(notice), failed, COLLECTION).then();
    }

    private static Query claimed(Notice notice) {
        return Query.query(Criteria.where("_id").is(notice.id()).and(CLAIM).is(notice.claim()));
    }

    /** By id; those that were removed are left out. */
    Mono<Map<String, Notice>> find(Collection<String> ids) {
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Notice.class, COLLECTION)
                .collectMap(Notice::id);
    }

    /** How many notices are due, counted up to a bound. */
    Mono<Long> due() {
        return mongo.count(due(Instant.now()).limit(fanOut.maxCounted()), COLLECTION);
    }

    /** Since when the notice is due that has been for the longest time; empty if none is. */
    Mono<Instant> dueSince() {
        Query first = due(Instant.now()).with(Sort.by(DUE_AT)).limit(1);
        first.fields().include(DUE_AT);
        return mongo.find(first, Document.class, COLLECTION)
                .map(found ->
                        found.get("waiting", Document.class).getDate("dueAt").toInstant())
                .next();
    }

    private static Query due(Instant now) {
        return Query.query(Criteria.where(DUE_AT).lte(now));
    }
}
