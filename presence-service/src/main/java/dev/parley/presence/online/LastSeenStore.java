package dev.parley.presence.online;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import dev.parley.platform.batch.CoalescingBatcher;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores when users were last seen: when their last device disconnected. */
@Component
public final class LastSeenStore implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(LastSeenStore.class);
    private static final String COLLECTION = "lastSeen";
    private static final Duration FINAL_WRITE_TIMEOUT = Duration.ofSeconds(3);

    private final ReactiveMongoTemplate mongo;
    private final CoalescingBatcher<String, Instant> batches;

    LastSeenStore(ReactiveMongoTemplate mongo, PresenceSettings settings, MeterRegistry meters) {
        LastSeenSettings bounds = settings.lastSeen();
        this.mongo = mongo;
        this.batches = new CoalescingBatcher<>(
                new CoalescingBatcher.Bounds(
                        bounds.storeDelay(), bounds.storeRetry(), bounds.maxBatch(), bounds.maxWaiting()),
                (known, other) -> known.isAfter(other) ? known : other,
                this::store,
                Counter.builder("parley.last-seen.lost")
                        .description("Times when users were last seen that are not stored, because too many waited")
                        .register(meters));
        Gauge.builder("parley.last-seen.waiting", batches, CoalescingBatcher::waiting)
                .description("Times when users were last seen that wait to be stored")
                .register(meters);
    }

    /** When a user was last seen; empty if the user was never connected. */
    public Mono<Instant> find(UserKey user) {
        return mongo.getCollection(COLLECTION)
                .flatMap(collection -> Mono.from(
                        collection.find(new Document("_id", user.text())).first()))
                .map(found -> found.getDate("at").toInstant());
    }

    /** A user was seen at this time. It is stored soon after. */
    public void seen(UserKey user, Instant at) {
        batches.add(user.text(), at);
    }

    private Mono<Void> store(Map<String, Instant> batch) {
        List<UpdateOneModel<Document>> writes = batch.entrySet().stream()
                .map(entry -> new UpdateOneModel<Document>(
                        new Document("_id", entry.getKey()),
                        new Document("$max", new Document("at", Date.from(entry.getValue()))),
                        new UpdateOptions().upsert(true)))
                .toList();
        return mongo.getCollection(COLLECTION)
                .flatMap(collection -> Mono.from(collection.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                .then();
    }

    /** Writes what is pending. The devices were disconnected before. */
    @Override
    public void destroy() {
        batches.close();
        try {
            batches.flush().block(FINAL_WRITE_TIMEOUT);
        } catch (RuntimeException failure) {
            log.warn("Could not store when some users were last seen: {}", failure.toString());
        }
    }
}
