package dev.parley.platform.limit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.parley.platform.id.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Token buckets of which all instances of a service take. Each instance decides by itself, at once. Every second those that took more than a tenth of
 * a rate exchange with the others, through the store, what was taken.
 *
 * <p>So in the long run everybody gets the rate, and a tenth of it more for each instance; at once, before the instances have told each other,
 * the burst of each instance. Clocks of instances that are apart by a second count as a second of the rate. While the store is away each instance
 * limits for itself: a limit that lets too much through is better than one that stops everybody.
 */
public final class SharedBuckets {

    static final String COLLECTION = "limits";
    static final String EXPIRE_AT = "expireAt";

    /** How often the instances tell each other. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** When the bucket will be full again; microseconds since 1970. */
    private static final String FULL_AT = "fullAt";

    /** Buckets of one exchange; the others wait for the next. */
    private static final int MAX_AT_ONCE = 1_000;

    private static final Duration KEPT = Duration.ofHours(1);

    private record Told(BucketShare share, long tokens) {}

    private final @Nullable ReactiveMongoTemplate mongo;
    private final Set<BucketShare> toTell = ConcurrentHashMap.newKeySet();

    SharedBuckets(@Nullable ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** For an instance without others. */
    public static SharedBuckets alone() {
        return new SharedBuckets(null);
    }

    /**
     * @param kind tells these buckets from others in the same store
     * @param maxTracked how many are remembered; the one that was idle longest is forgotten
     */
    public TokenBuckets buckets(String kind, int maxTracked) {
        return buckets(kind, maxTracked, TokenBuckets.IDLE);
    }

    /** @param idle after how long without a request a bucket is forgotten; at least the time in which it fills up */
    public TokenBuckets buckets(String kind, int maxTracked, Duration idle) {
        return new TokenBuckets(maxTracked, idle, kind, mongo == null ? null : this);
    }

    TokenBucket bucket(String kind, String name, int tokens, Duration period, int burst) {
        return new BucketShare(Fingerprint.of(kind, name), tokens, period, burst, System.nanoTime(), this).bucket();
    }

    void toTell(BucketShare share) {
        toTell.add(share);
    }

    /** Tells the others what was taken here, and learns what was taken there. */
    Mono<Void> exchange() {
        List<Told> told = new ArrayList<>();
        for (BucketShare share : toTell) {
            if (told.size() == MAX_AT_ONCE) {
                break;
            }
            toTell.remove(share);
            told.add(new Told(share, share.takeUntold()));
        }
        if (told.isEmpty() || mongo == null) {
            return Mono.empty();
        }
        return mongo.getCollection(COLLECTION)
                .flatMap(limits -> Mono.from(limits.bulkWrite(writes(told))).then(learn(limits, told)))
                .doOnError(failure -> told.forEach(each -> each.share().tell(each.tokens())));
    }

    /** First the bucket is filled up to now, and then the tokens are taken: in this order from all, so it does not matter whose come between. */
    private static List<WriteModel<Document>> writes(List<Told> told) {
        long now = micros(Instant.now());
        Date expireAt = Date.from(Instant.now().plus(KEPT));
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (Told each : told) {
            long taken = TimeUnit.NANOSECONDS.toMicros(
                    each.tokens() * each.share().bucket().interval());
            writes.add(new UpdateOneModel<>(
                    Filters.eq("_id", each.share().id()),
                    Updates.combine(Updates.max(FULL_AT, now), Updates.max(EXPIRE_AT, expireAt)),
                    new UpdateOptions().upsert(true)));
            writes.add(new UpdateOneModel<>(Filters.eq("_id", each.share().id()), Updates.inc(FULL_AT, taken)));
        }
        return writes;
    }

    private static Mono<Void> learn(MongoCollection<Document> limits, List<Told> told) {
        Map<String, BucketShare> byId = new HashMap<>();
        told.forEach(each -> byId.put(each.share().id(), each.share()));
        return Flux.from(limits.find(Filters.in("_id", byId.keySet())))
                .doOnNext(found -> {
                    BucketShare share = byId.get(found.getString("_id"));
                    long ahead = found.getLong(FULL_AT) - micros(Instant.now());
                    if (share != null) {
                        share.bucket().raise(System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(ahead));
                    }
                })
                .then();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
