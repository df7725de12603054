package dev.parley.notification.digest;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Conditional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps one document for each user who wants e-mails. Each write is of what was read, or nothing is written. */
@Component
@Conditional(WithDigests.class)
class AbsenceStore {

    static final String COLLECTION = "emailDigests";
    static final String DUE_AT = "dueAt";
    static final String EXPIRE_AT = "expireAt";

    private static final OptimisticUpdate UPDATE =
            new OptimisticUpdate(8, Duration.ofMillis(2), Duration.ofMillis(100));
    private static final int MAX_CONCURRENT = 4;

    private final ReactiveMongoTemplate mongo;
    private final DigestSettings settings;

    AbsenceStore(ReactiveMongoTemplate mongo, DigestSettings settings) {
        this.mongo = mongo;
        this.settings = settings;
    }

    /** Those of the users of whom something is kept. */
    Flux<Absence> of(Collection<String> userIds) {
        return mongo.find(Query.query(Criteria.where("_id").in(userIds)), Absence.class);
    }

    /** Changes what is kept of a user; does nothing if nothing is kept. */
    Mono<Void> change(String userId, UnaryOperator<Absence> change) {
        return UPDATE.run(
                        mongo.findById(userId, Absence.class),
                        before -> write(before, change.apply(before)),
                        AbsenceStore::changedTooOften)
                .then();
    }

    /** The same; if nothing is kept of the user yet, what is changed is the given absence. */
    Mono<Void> changeOrCreate(Absence none, UnaryOperator<Absence> change) {
        Mono<Absence> create = Mono.defer(() -> mongo.insert(change.apply(none)))
                .onErrorResume(DuplicateKeyException.class, exists -> change(none.userId(), change)
                        .then(Mono.empty()));
        return mongo.findById(none.userId(), Absence.class)
                .map(stored -> true)
                .defaultIfEmpty(false)
                .flatMap(exists -> exists ? change(none.userId(), change) : create.then());
    }

    private static ApiException changedTooOften() {
        return ApiException.of(PlatformError.UNAVAILABLE, "The absence was changed meanwhile");
    }

    /** Empty if it was changed meanwhile. */
    Mono<Absence> write(Absence before, Absence after) {
        if (after.equals(before)) {
            return Mono.just(before);
        }
        Absence next = after.next();
        Query unchanged = Query.query(
                Criteria.where("_id").is(before.userId()).and("revision").is(before.revision()));
        return mongo.replace(unchanged, next)
                .filter(result -> result.getMatchedCount() > 0)
                .map(replaced -> next);
    }

    /** Claims those who are due, for the time of the lease: those first who have been for longest. */
    Mono<List<Absence>> claim() {
        Instant now = Instant.now();
        Query due = Query.query(Criteria.where(DUE_AT).lte(now))
                .with(Sort.by(DUE_AT))
                .limit(settings.batch());
        return mongo.find(due, Absence.class)
                .collectList()
                .flatMapMany(Flux::fromIterable)
                // Empty for whom another instance was quicker with.
                .flatMap(absence -> write(absence, absence.dueAt(now.plus(settings.lease()))), MAX_CONCURRENT)
                .collectList();
    }
}
