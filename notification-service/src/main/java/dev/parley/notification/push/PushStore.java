package dev.parley.notification.push;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.parley.notification.deadletter.DeadPush;
import dev.parley.notification.provider.ProviderName;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The pushes, in one collection: those that wait are the queue, the others the log. Whoever claims a push has it for the time of
 * its lease. If nothing came of it by then, because the instance was killed, somebody claims it again.
 */
@Component
class PushStore {

    static final String COLLECTION = "pushes";

    private static final String DUE_AT = "waiting.dueAt";
    private static final String PROVIDER = "waiting.provider";
    private static final String CLAIM = "waiting.claim";

    private final ReactiveMongoTemplate mongo;
    private final DeadLetters deadLetters;
    private final LogSettings log;

    PushStore(ReactiveMongoTemplate mongo, DeadLetters deadLetters, LogSettings log) {
        this.mongo = mongo;
        this.deadLetters = deadLetters;
        this.log = log;
    }

    /** When a push that is made now is removed. */
    Instant expiry(Instant createdAt) {
        return createdAt.plus(log.keep());
    }

    /**
     * Adds pushes in one write. One that is there already stays as it is.
     *
     * @return those that were added now
     */
    Mono<List<StoredPush>> add(List<StoredPush> pushes) {
        if (pushes.isEmpty()) {
            return Mono.just(List.of());
        }
        List<Document> documents = pushes.stream().map(this::document).toList();
        return collection()
                .flatMap(collection ->
                        Mono.from(collection.insertMany(documents, new InsertManyOptions().ordered(false))))
                .thenReturn(pushes)
                .onErrorResume(MongoBulkWriteException.class, failure -> added(pushes, failure));
    }

    private static Mono<List<StoredPush>> added(List<StoredPush> pushes, MongoBulkWriteException failure) {
        Set<Integer> there = new HashSet<>();
        for (var error : failure.getWriteErrors()) {
            if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
                return Mono.error(failure);
            }
            there.add(error.getIndex());
        }
        if (failure.getWriteConcernError() != null) {
            return Mono.error(failure);
        }
        List<StoredPush> added = new ArrayList<>();
        for (int i = 0; i < pushes.size(); i++) {
            if (!there.contains(i)) {
                added.add(pushes.get(i));
            }
        }
        return Mono.just(added);
    }

    private Document document(StoredPush push) {
        Document document = new Document();
        mongo.getConverter().write(push, document);
        return document;
    }

    private Mono<MongoCollection<Document>> collection() {
        return mongo.getCollection(COLLECTION);
    }

    /** Claims pushes whose turn has come, those first that have waited longest. */
    Mono<List<StoredPush>> claim(ProviderName provider, int limit, Duration lease) {
        Instant now = Instant.now();
        Query due = due(provider, now).with(Sort.by(DUE_AT)).limit(limit);
        due.fields().include("_id");
        return mongo.find(due, Document.class, COLLECTION)
                .map(found -> found.getString("_id"))
                .collectList()
                .filter(ids -> !ids.isEmpty())
                .flatMap(ids -> claim(ids, provider, now, now.plus(lease)))
                .defaultIfEmpty(List.of());
    }

    /** Another instance may have been quicker with some of them, so what is claimed is read afterwards. */
    private Mono<List<StoredPush>> claim(List<String> ids, ProviderName provider, Instant now, Instant until) {
        String claim = Ids.next();
        Query stillDue = Query.query(Criteria.where("_id")
                .in(ids)
                .and(PROVIDER)
                .is(provider)
                .and(DUE_AT)
                .lte(now));
        Update claimed = Update.update(DUE_AT, until).set(CLAIM, claim).inc("tries", 1);
        return mongo.updateMulti(stillDue, claimed, COLLECTION)
                .then(mongo.find(
                                Query.query(
                                        Criteria.where("_id").in(ids).and(CLAIM).is(claim)),
                                StoredPush.class,
                                COLLECTION)
                        .collectList());
    }

    private static Query due(ProviderName provider, Instant now) {
        return Query.query(Criteria.where(PROVIDER).is(provider).and(DUE_AT).lte(now));
    }

    /**
     * Notes what came of claimed pushes, and what devices do not show any more, in one write. It leaves those alone that somebody else has
     * claimed meanwhile.
     */
    Mono<Void> record(List<PushResult> results) {
        if (results.isEmpty()) {
            return Mono.empty();
        }
        Instant now = Instant.now();
        Map<String, PendingEvent> letters = new HashMap<>();
        ReactiveBulkOperations writes = mongo.bulkOps(BulkMode.UNORDERED, StoredPush.class, COLLECTION);
        for (PushResult result : results) {
            Update update = update(result, now);
            if (result.isDead()) {
                PendingEvent letter = deadLetters.of(result.push(), String.valueOf(result.reason()), now);
                letters.put(result.push().id(), letter);
                update.push(OutboxSource.EVENTS, letter).min(OutboxSource.SINCE, now);
            }
            writes.updateOne(claimed(result.push()), update);
            if (result.status() == PushStatus.ACCEPTED && result.push().isWithdrawal()) {
                writes.updateMulti(taken(result.push()), new Update().unset("shownFor"));
            }
        }
        return writes.execute()
                .doOnSuccess(done -> letters.forEach(deadLetters::publish))
                .then();
    }

    private static Query claimed(StoredPush push) {
        StoredPush.Waiting waiting = push.waiting();
        return Query.query(Criteria.where("_id").is(push.id()).and(CLAIM).is(waiting == null ? null : waiting.claim()));
    }

    private static Update update(PushResult result, Instant now) {
        Update update = new Update().set("tries", result.tries());
        if (result.reason() != null) {
            update.set("reason", result.reason());
        } else {
            update.unset("reason");
        }
        Instant dueAt = result.dueAt();
        if (dueAt != null) {
            return update.set("provider", result.provider())
                    .set(PROVIDER, result.provider())
                    .set(DUE_AT, dueAt)
                    .unset(CLAIM);
        }
        update.set("status", result.status()).set("settledAt", now).unset("waiting");
        if (result.providerId() != null) {
            update.set("providerId", result.providerId());
        }
        if (result.receipt() != null) {
            update.set("receipt", result.receipt());
        }
        return result.status() == PushStatus.ACCEPTED ? update : update.unset("shownFor");
    }

    /** Of the pushes whose turn has come, how many there are, counted up to a bound. */
    Mono<Long> waiting(ProviderName provider, int maxCounted) {
        return mongo.count(due(provider, Instant.now()).limit(maxCounted), COLLECTION);
    }

    /** Since when the push has been due that has been for the longest time; empty if none is. */
    Mono<Instant> dueSince(ProviderName provider) {
        Query first = due(provider, Instant.now()).with(Sort.by(DUE_AT)).limit(1);
        first.fields().include(DUE_AT);
        return mongo.find(first, Document.class, COLLECTION)
                .map(found ->
                        found.get("waiting", Document.class).getDate("dueAt").toInstant())
                .next();
    }

    /** What devices show, or may be shown right now, of what is read. */
    Flux<StoredPush> shown(Collection<String> shownFor) {
        return mongo.find(Query.query(Criteria.where("shownFor").in(shownFor)), StoredPush.class, COLLECTION);
    }

    /** What a withdrawal has taken away from its device. */
    private static Query taken(StoredPush withdrawal) {
        return Query.query(Criteria.where("shownFor")
                .is(StoredPush.shownFor(withdrawal.userId(), withdrawal.conversationId()))
                .and("seq")
                .lte(withdrawal.seq())
                .and("deviceId")
                .is(withdrawal.deviceId())
                .and("status")
                .in(PushStatus.ACCEPTED, PushStatus.DELIVERED));
    }

    /** What became of the pushes for a user, those for the newest messages first. @param messageId null for all messages */
    Flux<StoredPush> of(String userId, @Nullable String messageId, int limit) {
        Criteria asked = Criteria.where("userId").is(userId);
        if (messageId != null) {
            asked = asked.and("messageId").is(messageId);
        }
        return mongo.find(
                Query.query(asked)
                        .with(Sort.by(Sort.Direction.DESC, "messageId"))
                        .limit(limit),
                StoredPush.class,
                COLLECTION);
    }

    /**
     * Lets a push that failed be sent again, with all its tries and its full time.
     *
     * @return whether it was there, and had failed
     */
    Mono<Boolean> revive(DeadPush dead, ProviderName provider) {
        Instant now = Instant.now();
        Update again = new Update()
                .set("status", PushStatus.WAITING)
                .set("waiting", new StoredPush.Waiting(provider, now, null))
                .set("shownFor", StoredPush.shownFor(dead.userId(), dead.conversationId()))
                .set("tries", 0)
                .set("createdAt", now)
                .unset("settledAt");
        return mongo.updateFirst(
                        Query.query(Criteria.where("_id")
                                .is(dead.pushId())
                                .and("status")
                                .is(PushStatus.FAILED)),
                        again,
                        COLLECTION)
                .map(done -> done.getModifiedCount() > 0);
    }
}
