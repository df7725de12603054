package dev.parley.notification.model;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.notification.provider.ProviderName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/** Looks into the store of the service. */
final class ModelStore implements AutoCloseable {

    /** How long something is held that is not to be told yet, at least. What is claimed is due again sooner. */
    static final Duration HOLD = Duration.ofHours(12);

    private static final int PORTION = 500;
    private static final String PUSHES = "pushes";
    private static final String NOTICES = "notices";
    private static final String DUE_AT = "waiting.dueAt";

    private final MongoClient client;
    private final ReactiveMongoTemplate mongo;

    ModelStore(String uri, String database) {
        client = MongoClients.create(uri);
        mongo = new ReactiveMongoTemplate(client, database);
    }

    /** What is held becomes due, in portions, so that nobody else waits for the store for long. */
    void endHold() {
        Query held = Query.query(Criteria.where(DUE_AT).gt(Instant.now().plus(HOLD.dividedBy(2))));
        mongo.find(held, Document.class, NOTICES)
                .map(notice -> notice.getString("_id"))
                .collectList()
                .flatMapIterable(ids -> ids)
                .buffer(PORTION)
                .concatMap(ids -> mongo.updateMulti(
                        Query.query(Criteria.where("_id").in(ids)), Update.update(DUE_AT, Instant.now()), NOTICES))
                .blockLast();
    }

    /** What was claimed by somebody who ended before that time may be claimed again, without a wait. */
    void endLeases(Instant before) {
        mongo.updateMulti(
                        claims(Criteria.where(DUE_AT).lt(before.plus(RestartedService.DELIVERY_LEASE))),
                        Update.update(DUE_AT, Instant.now()),
                        PUSHES)
                .block();
    }

    /** How many pushes are claimed by somebody who started then or later. */
    long claimedSince(Instant start) {
        return mongo.count(claims(Criteria.where(DUE_AT).gte(start.plus(RestartedService.DELIVERY_LEASE))), PUSHES)
                .block();
    }

    private static Query claims(Criteria when) {
        return Query.query(when.and("waiting.provider")
                .is(ProviderName.WEBHOOK)
                .and("waiting.claim")
                .exists(true));
    }

    boolean nothingWaits() {
        Query held = Query.query(Criteria.where(DUE_AT).gt(Instant.EPOCH));
        return !mongo.exists(held, NOTICES).block()
                && !mongo.exists(waiting(), PUSHES).block();
    }

    private static Query waiting() {
        return Query.query(Criteria.where("waiting.provider").is(ProviderName.WEBHOOK));
    }

    /** The pushes that somebody is sending, or was when it was killed. */
    List<String> claimed() {
        return mongo.find(waiting(), Document.class, PUSHES)
                .filter(push -> push.get("waiting", Document.class).get("claim") != null)
                .map(push -> push.getString("_id"))
                .collectList()
                .block();
    }

    /** What became of each push: its status, and its type if it was accepted, else the reason. */
    Map<String, String> outcomes() {
        return mongo.find(new Query(), Document.class, PUSHES)
                .collectMap(push -> push.getString("_id"), ModelStore::outcome)
                .block();
    }

    private static String outcome(Document push) {
        String status = push.getString("status");
        return status + " " + (status.equals("ACCEPTED") ? push.getString("type") : push.getString("reason"));
    }

    @Override
    public void close() {
        client.close();
    }
}
