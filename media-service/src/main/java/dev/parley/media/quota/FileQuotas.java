package dev.parley.media.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.media.MediaError;
import dev.parley.media.file.FileRules;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Bounds the bytes of the files of each user and each tenant. They are counted before a file is stored, and no longer once it is
 * removed: after a crash in between the count may be too high. So it is made anew from the files before anybody is refused.
 */
@Component
public final class FileQuotas {

    /** How long after a count was made anew it is believed. */
    private static final Duration TRUSTED = Duration.ofMinutes(1);

    /** Longer than it takes from when bytes are counted until the document of their file is stored. */
    private static final Duration STORED = Duration.ofSeconds(10);

    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration RETRY_AFTER = Duration.ofHours(1);
    private static final String BYTES = "bytes";
    private static final String RESERVED_AT = "reservedAt";
    private static final FindAndModifyOptions MADE =
            FindAndModifyOptions.options().upsert(true).returnNew(true);
    private static final FindAndModifyOptions CHANGED =
            FindAndModifyOptions.options().returnNew(true);

    /**
     * Whose files are counted.
     *
     * @param field of a file's document that names the owner
     */
    private record Owner(String field, String id, long max) {

        String key() {
            return field + "/" + id;
        }
    }

    private final ReactiveMongoTemplate mongo;
    private final FileRules rules;
    private final Cache<String, Boolean> counted = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(TRUSTED)
            .build();

    private final Counter refused;

    FileQuotas(ReactiveMongoTemplate mongo, FileRules rules, MeterRegistry meters) {
        this.mongo = mongo;
        this.rules = rules;
        this.refused = Counter.builder("parley.files.quota-exceeded")
                .description("Files that were refused because there was no room for them")
                .register(meters);
    }

    /**
     * Counts bytes that are about to be stored.
     *
     * @return fails with {@link MediaError#QUOTA_EXCEEDED}, and then nothing is counted
     */
    public Mono<Void> reserve(String tenantId, String userId, long bytes) {
        Owner user = new Owner("uploaderId", userId, rules.userQuota(tenantId));
        Owner tenant = new Owner("tenantId", tenantId, rules.tenantQuota(tenantId));
        return reserve(user, bytes)
                .then(Mono.defer(() -> reserve(tenant, bytes))
                        .onErrorResume(refused -> release(user, bytes).then(Mono.error(refused))));
    }

    /** The file is gone. */
    public Mono<Void> release(StoredFile file) {
        return release(file.tenantId(), file.uploaderId(), file.size());
    }

    /** Bytes that were reserved are not stored after all. */
    public Mono<Void> release(String tenantId, String userId, long bytes) {
        return release(new Owner("uploaderId", userId, 0), bytes)
                .then(release(new Owner("tenantId", tenantId, 0), bytes));
    }

    private Mono<Void> release(Owner owner, long bytes) {
        return mongo.updateFirst(of(owner), new Update().inc(BYTES, -bytes), FileUsage.class)
                .then();
    }

    private Mono<Void> reserve(Owner owner, long bytes) {
        return counted(owner, bytes)
                .switchIfEmpty(Mono.defer(() -> countAgain(owner)).then(Mono.defer(() -> counted(owner, bytes))))
                .switchIfEmpty(Mono.error(() -> exceeded(owner)))
                .then();
    }

    private ApiException exceeded(Owner owner) {
        refused.increment();
        return ApiException.retryLater(
                MediaError.QUOTA_EXCEEDED,
                "All files together may have at most " + owner.max() + " bytes: delete some",
                RETRY_AFTER);
    }

    /** Empty if it would be too much. */
    private Mono<FileUsage> counted(Owner owner, long bytes) {
        if (bytes > owner.max()) {
            return Mono.empty();
        }
        Query withRoom = of(owner).addCriteria(Criteria.where(BYTES).lte(owner.max() - bytes));
        Update more = new Update().inc(BYTES, bytes).set(RESERVED_AT, FileStore.now());
        // Where there is a count without room, to make another one fails. So it does for one of two who make the first
        // one.
        return mongo.findAndModify(withRoom, more, MADE, FileUsage.class)
                .onErrorResume(
                        DuplicateKeyException.class,
                        there -> mongo.findAndModify(withRoom, more, CHANGED, FileUsage.class));
    }

    private Mono<Void> countAgain(Owner owner) {
        if (counted.asMap().putIfAbsent(owner.key(), true) != null) {
            return Mono.empty();
        }
        Mono<Long> sum = mongo.aggregate(
                        Aggregation.newAggregation(
                                Aggregation.match(Criteria.where(owner.field()).is(owner.id())),
                                Aggregation.group().sum("size").as(BYTES)),
                        StoredFile.class,
                        Document.class)
                .next()
                .map(found -> found.get(BYTES, Number.class))
                .map(Number::longValue)
                .defaultIfEmpty(0L);
        Query settled = of(owner)
                .addCriteria(Criteria.where(RESERVED_AT).lt(FileStore.now().minus(STORED)));
        return mongo.findOne(settled, FileUsage.class)
                .zipWhen(known -> sum)
                .flatMap(known -> mongo.updateFirst(
                        // Not if something was counted meanwhile, which may not be among the files yet.
                        of(owner)
                                .addCriteria(
                                        Criteria.where(BYTES).is(known.getT1().bytes()))
                                .addCriteria(Criteria.where(RESERVED_AT)
                                        .is(known.getT1().reservedAt())),
                        new Update().set(BYTES, known.getT2()),
                        FileUsage.class))
                .then();
    }

    private static Query of(Owner owner) {
        return Query.query(Criteria.where("_id").is(owner.key()));
    }
}
