package dev.parley.platform.outbox;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.PendingEvent;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Publishes the events that documents carry, and takes them off the documents afterwards, in batches. What a failure or
 * a crash leaves on a document is published by the {@link OutboxSweeper}, so an event is published at least once.
 */
public final class Outbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** Events that are on their topic, and still on their document. */
    record Published(OutboxSource source, String documentId, String lastEventId, int count) {}

    private final ReactiveMongoTemplate mongo;
    private final EventPublisher publisher;
    private final Sinks.Many<Published> published;
    private final Disposable clearing;

    Outbox(ReactiveMongoTemplate mongo, EventPublisher publisher, OutboxSettings settings) {
        this.mongo = mongo;
        this.publisher = publisher;
        this.published =
                Sinks.unsafe().many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(settings.maxUncleared()));
        this.clearing = published
                .asFlux()
                .bufferTimeout(settings.clearBatch(), settings.clearDelay(), true)
                .concatMap(this::clearLeniently)
                .subscribe();
    }

    /**
     * Publishes what a document holds pending, in its order.
     *
     * @param events all that is pending on the document, not only what the caller added
     * @return completes when the broker has stored them; fails if it has not, and then the sweeper will publish them
     */
    public Mono<Void> publish(OutboxSource source, String documentId, List<PendingEvent> events) {
        return events.isEmpty()
                ? Mono.empty()
                : published(source, documentId, events)
                        .doOnNext(this::clearLater)
                        .then();
    }

    Mono<Published> published(OutboxSource source, String documentId, List<PendingEvent> events) {
        PendingEvent last = events.get(events.size() - 1);
        return publisher.publish(events).thenReturn(new Published(source, documentId, last.id(), events.size()));
    }

    /** Publishes without anybody waiting for it. What cannot be published now is left to the sweeper. */
    public void publishSoon(OutboxSource source, String documentId, List<PendingEvent> events) {
        publish(source, documentId, events)
                .subscribe(
                        nothing -> {},
                        failure -> log.warn("Not published yet: {} of {}", documentId, source.collection(), failure));
    }

    /** If the buffer is full the events stay on the document: the sweeper publishes them again, which does no harm. */
    private void clearLater(Published done) {
        synchronized (published) {
            published.tryEmitNext(done);
        }
    }

    private Mono<Void> clearLeniently(List<Published> batch) {
        return clear(batch).onErrorResume(failure -> {
            log.warn("Published events were not cleared; they will be published again", failure);
            return Mono.empty();
        });
    }

    /** Takes published events off their documents. */
    Mono<Void> clear(List<Published> batch) {
        return Flux.fromIterable(batch)
                .groupBy(Published::source)
                .flatMap(group -> group.map(Outbox::clearing).collectList().flatMap(updates -> mongo.getCollection(
                                group.key().collection())
                        .flatMap(collection -> Mono.from(collection.bulkWrite(updates)))))
                .then();
    }

    /** Matches only if nothing was added since. */
    private static UpdateOneModel<Document> clearing(Published done) {
        Document unchanged = new Document("_id", done.documentId())
                .append(OutboxSource.EVENTS + ".id", done.lastEventId())
                .append(OutboxSource.EVENTS, new Document("$size", done.count()));
        Document unset = new Document(OutboxSource.EVENTS, "").append(OutboxSource.SINCE, "");
        return new UpdateOneModel<>(unchanged, new Document("$unset", unset), new UpdateOptions());
    }

    @Override
    public void close() {
        clearing.dispose();
    }
}
