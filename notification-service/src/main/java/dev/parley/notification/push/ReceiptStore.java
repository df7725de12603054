package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.push.StoredPush.Receipt;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Fingerprint;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** The accepted pushes of which a provider is to be asked what became of them. That stands on them, so a crash forgets none. */
@Component
class ReceiptStore {

    private static final String DUE_AT = "receipt.dueAt";

    /**
     * What is known now.
     *
     * @param status null if nothing is known yet
     * @param sendAt when it is sent again; null if it is not
     * @param askAt when to ask again; null if it is not asked again
     */
    record Known(
            StoredPush push,
            @Nullable PushStatus status,
            @Nullable String reason,
            boolean isDead,
            @Nullable Instant sendAt,
            @Nullable Instant askAt) {}

    private final ReactiveMongoTemplate mongo;
    private final DeadLetters deadLetters;

    ReceiptStore(ReactiveMongoTemplate mongo, DeadLetters deadLetters) {
        this.mongo = mongo;
        this.deadLetters = deadLetters;
    }

    /** Those whose turn it is. Others leave them alone for a while; to ask twice does no harm. */
    Mono<List<StoredPush>> claim(ProviderName provider, int limit, Duration lease) {
        Instant now = Instant.now();
        Query due = Query.query(Criteria.where("receipt.provider")
                        .is(provider)
                        .and(DUE_AT)
                        .lte(now))
                .with(Sort.by(DUE_AT))
                .limit(limit);
        return mongo.find(due, StoredPush.class, PushStore.COLLECTION)
                .collectList()
                .filter(found -> !found.isEmpty())
                .flatMap(found -> mongo.updateMulti(
                                Query.query(Criteria.where("_id")
                                        .in(found.stream().map(StoredPush::id).toList())),
                                Update.update(DUE_AT, now.plus(lease)),
                                PushStore.COLLECTION)
                        .thenReturn(found))
                .defaultIfEmpty(List.of());
    }

    Mono<Void> record(List<Known> all) {
        if (all.isEmpty()) {
            return Mono.empty();
        }
        Instant now = Instant.now();
        Map<String, PendingEvent> letters = new HashMap<>();
        ReactiveBulkOperations writes = mongo.bulkOps(BulkMode.UNORDERED, StoredPush.class, PushStore.COLLECTION);
        for (Known known : all) {
            Update update = update(known, now);
            if (known.isDead()) {
                PendingEvent letter = deadLetters.of(known.push(), String.valueOf(known.reason()), now);
                letters.put(known.push().id(), letter);
                update.push(OutboxSource.EVENTS, letter).min(OutboxSource.SINCE, now);
            }
            writes.updateOne(
                    Query.query(Criteria.where("_id")
                            .is(known.push().id())
                            .and("receipt")
                            .exists(true)),
                    update);
        }
        return writes.execute()
                .doOnSuccess(done -> letters.forEach(deadLetters::publish))
                .then();
    }

    private static Update update(Known known, Instant now) {
        if (known.askAt() != null) {
            return Update.update(DUE_AT, known.askAt());
        }
        Update update = new Update().unset("receipt");
        if (known.status() == null) {
            return update;
        }
        if (known.reason() != null) {
            update.set("reason", known.reason());
        }
        update.set("status", known.status());
        if (known.sendAt() != null) {
            return update.set("waiting", new StoredPush.Waiting(known.push().provider(), known.sendAt(), null))
                    .unset("settledAt");
        }
        update.set("settledAt", now);
        return known.status() == PushStatus.DELIVERED ? update : update.unset("shownFor");
    }

    /** Whether a device is still where a push was sent to. */
    static boolean isSame(@Nullable Receipt receipt, String address) {
        return receipt != null && receipt.address().equals(Fingerprint.of(address));
    }
}
