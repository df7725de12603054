package dev.parley.message.store;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.parley.events.MessageHidden;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes which messages each user deleted for that user alone. */
public final class HiddenMessageStore {

    static final String COLLECTION = "hidden";
    static final OutboxSource OUTBOX = new OutboxSource(COLLECTION);

    private final ReactiveMongoTemplate mongo;
    private final Outbox outbox;
    private final EventCodec events;

    HiddenMessageStore(ReactiveMongoTemplate mongo, Outbox outbox, EventCodec events) {
        this.mongo = mongo;
        this.outbox = outbox;
        this.events = events;
    }

    /** The messages of a conversation that are hidden from the user. */
    public Mono<HiddenMessages> of(String userId, String conversationId) {
        return mongo.findById(HiddenMessages.id(userId, conversationId), HiddenMessages.class)
                .defaultIfEmpty(HiddenMessages.none(userId, conversationId));
    }

    /** The messages that are hidden from the user, by conversation id, without conversations where there are none. */
    public Mono<Map<String, HiddenMessages>> of(String userId, Collection<String> conversationIds) {
        List<String> ids = conversationIds.stream()
                .map(id -> HiddenMessages.id(userId, id))
                .toList();
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), HiddenMessages.class)
                .collectMap(hidden -> hidden.id().substring(userId.length() + 1));
    }

    /** The events that stand on the documents of what a user has hidden in these conversations. */
    public Flux<PendingEvent> pending(String userId, Collection<String> conversationIds) {
        List<String> ids = conversationIds.stream()
                .map(id -> HiddenMessages.id(userId, id))
                .toList();
        Query pending = Query.query(
                Criteria.where("_id").in(ids).and(OutboxSource.SINCE).exists(true));
        pending.fields().include(OutboxSource.EVENTS);
        return mongo.find(pending, Document.class, COLLECTION)
                .flatMapIterable(found -> PendingEvents.of(found, mongo.getConverter()));
    }

    /**
     * Hides one more message, stores the event that tells of it with that, and publishes the event soon.
     *
     * @param seen the messages that were hidden when the event was made
     * @return the messages that are hidden then; empty, and nothing was done, if more were hidden than {@code seen}
     */
    public Mono<HiddenMessages> add(HiddenMessages seen, MessageHidden event) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Mono<HiddenMessages> stored = Mono.deferContextual(context -> {
            PendingEvent pending = events.pending(event, event.seq(), now).in(context);
            return seen.seqs().isEmpty() ? first(seen, event.seq(), pending) : next(seen, event.seq(), pending);
        });
        return stored.doOnNext(hidden -> outbox.publishSoon(OUTBOX, hidden.id(), hidden.pendingEvents()));
    }

    private Mono<HiddenMessages> first(HiddenMessages none, long seq, PendingEvent event) {
        return mongo.insert(new HiddenMessages(none.id(), Set.of(seq), PendingEvents.of(event)))
                .onErrorResume(DuplicateKeyException.class, another -> Mono.empty());
    }

    private Mono<HiddenMessages> next(HiddenMessages seen, long seq, PendingEvent event) {
        Document unchanged = new Document("_id", seen.id())
                .append("seqs", new Document("$size", seen.seqs().size()));
        Document update = new Document(
                        "$push",
                        new Document("seqs", seq)
                                .append(
                                        OutboxSource.EVENTS,
                                        mongo.getConverter().convertToMongoType(event)))
                .append("$min", new Document(OutboxSource.SINCE, Date.from(event.time())));
        return mongo.getCollection(COLLECTION)
                .flatMap(collection -> Mono.from(collection.findOneAndUpdate(
                        unchanged, update, new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER))))
                .map(document -> mongo.getConverter().read(HiddenMessages.class, document));
    }
}
