package dev.parley.platform.outbox;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.PendingEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.Collectors;
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

    /** Events that are on their topic, and may still be on their document. */
    record Published(OutboxSource source, String documentId, List<String> eventIds) {}

    /** Events of one document that are kept on it at most; those of a document that changes quickly are cleared at once. */
    private static final int MAX_KEPT_EVENTS = 16;

    /** @param kept whether it is to stay on the document for a while */
    private record ToClear(Published done, boolean kept) {}

    private static final Document UNSET = new Document(
            "$unset",
            new Document(OutboxSource.EVENTS, "")
                    .append(OutboxSource.SINCE, "")
                    .append(OutboxSource.TRIES, "")
                    .append(OutboxSource.RETRY_AT, ""));

    private final ReactiveMongoTemplate mongo;
    private final RecentPublications publications;
    private final EventPublisher publisher;
    private final OutboxMetrics metrics;
    private final Sinks.Many<ToClear> published;
    private final Disposable clearing;

    Outbox(ReactiveMongoTemplate mongo, EventPublisher publisher, OutboxSettings settings, OutboxMetrics metrics) {
        this.metrics = metrics;
        this.mongo = mongo;
        this.publisher = publisher;
        this.publications = new RecentPublications(publisher);
        this.published =
                Sinks.unsafe().many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(settings.maxUncleared()));
        this.clearing = published
                .asFlux()
                .bufferTimeout(settings.clearBatch(), settings.clearDelay(), true)
                .flatMap(batch -> clearLater(batch, settings.keep()), maxBatchesKept(settings))
                .subscribe();
    }

    /**
     * Publishes what a document holds pending, in its order, except for what this or another instance has just published.
     *
     * @param events all that is pending on the document, not only what the caller added
     * @return completes when the broker has stored them; fails if it has not, and then the sweeper will publish them
     */
    public Mono<Void> publish(OutboxSource source, String documentId, List<PendingEvent> events) {
        return publications
                .publish(events)
                .doOnNext(sent -> {
                    metrics.published(source, sent);
                    clearLater(new ToClear(
                            new Published(source, documentId, ids(sent)), events.size() <= MAX_KEPT_EVENTS));
                })
                .doOnError(failure -> metrics.failed(source))
                .then();
    }

    Mono<Published> published(OutboxSource source, String documentId, List<PendingEvent> events) {
        return publisher
                .publish(events)
                .doOnSuccess(stored -> metrics.published(source, events))
                .doOnError(failure -> metrics.failed(source))
                .thenReturn(new Published(source, documentId, ids(events)));
    }

    private static List<String> ids(List<PendingEvent> events) {
        return events.stream().map(PendingEvent::id).toList();
    }

    /** Publishes without anybody waiting for it. What cannot be published now is left to the sweeper. */
    public void publishSoon(OutboxSource source, String documentId, List<PendingEvent> events) {
        publish(source, documentId, events)
                .subscribe(
                        nothing -> {},
                        failure -> log.warn("Not published yet: {} of {}", documentId, source.collection(), failure));
    }

    /** Batches that may be kept at a time; one that is cleared at once needs no others beside it. */
    private static int maxBatchesKept(OutboxSettings settings) {
        return settings.keep().isZero() ? 1 : Math.max(1, settings.maxUncleared() / settings.clearBatch());
    }

    private Mono<Void> clearLater(List<ToClear> batch, Duration keep) {
        if (keep.isZero()) {
            return clearLeniently(batch.stream().map(ToClear::done).toList());
        }
        Map<Boolean, List<Published>> byKept = batch.stream()
                .collect(Collectors.partitioningBy(
                        ToClear::kept, Collectors.mapping(ToClear::done, Collectors.toList())));
        return clearLeniently(byKept.getOrDefault(false, List.of()))
                .then(Mono.delay(keep))
                .then(Mono.defer(() -> clearLeniently(byKept.getOrDefault(true, List.of()))));
    }

    /** An event is on its topic, whoever published it: it is not published again if it is found on a document. */
    public void seen(Collection<String> eventIds) {
        publications.seen(eventIds);
    }

    /** If the buffer is full the events stay on the document: the sweeper publishes them again, which does no harm. */
    private void clearLater(ToClear done) {
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
                .flatMap(group -> group.collectList()
                        .flatMap(done -> mongo.getCollection(group.key().collection())
                                .flatMap(collection -> clear(collection, eventIds(done)))))
                .then();
    }

    private static Map<String, Set<String>> eventIds(List<Published> done) {
        return done.stream()
                .collect(Collectors.groupingBy(
                        Published::documentId,
                        Collectors.flatMapping(each -> each.eventIds().stream(), Collectors.toSet())));
    }

    /** Takes off what was published and nothing that came since, which mostly is nothing: one write for each document. */
    private static Mono<Void> clear(MongoCollection<Document> documents, Map<String, Set<String>> eventIds) {
        List<UpdateOneModel<Document>> all = eventIds.entrySet().stream()
                .map(each -> clearingAll(each.getKey(), each.getValue()))
                .toList();
        return Mono.from(documents.bulkWrite(all))
                .filter(done -> done.getMatchedCount() < all.size())
                .flatMapMany(done -> stillCarrying(documents, eventIds.keySet()))
                .flatMapIterable(
                        documentId -> clearingSome(documentId, Objects.requireNonNull(eventIds.get(documentId))))
                .collectList()
                .filter(some -> !some.isEmpty())
                .flatMap(some -> Mono.from(documents.bulkWrite(some)))
                .then();
    }

    /** Those of the documents that carry events now: few, so the others are not written to again. */
    private static Flux<String> stillCarrying(MongoCollection<Document> documents, Set<String> documentIds) {
        Document carrying = new Document("_id", new Document("$in", documentIds))
                .append(OutboxSource.SINCE, new Document("$exists", true));
        return Flux.from(documents.find(carrying).projection(new Document("_id", 1)))
                .map(document -> document.getString("_id"));
    }

    /** Where a document carries just these. */
    private static UpdateOneModel<Document> clearingAll(String documentId, Set<String> eventIds) {
        Document nothingElse = new Document("_id", documentId)
                .append(OutboxSource.EVENTS + ".id", new Document("$all", eventIds))
                .append(OutboxSource.EVENTS, new Document("$size", eventIds.size()));
        return new UpdateOneModel<>(nothingElse, UNSET);
    }

    /** Where it carries others too, or not all of them any more. */
    private static List<UpdateOneModel<Document>> clearingSome(String documentId, Set<String> eventIds) {
        Document pull = new Document(
                "$pull", new Document(OutboxSource.EVENTS, new Document("id", new Document("$in", eventIds))));
        Document some =
                new Document("_id", documentId).append(OutboxSource.EVENTS + ".id", new Document("$in", eventIds));
        Document none = new Document("_id", documentId).append(OutboxSource.EVENTS, new Document("$size", 0));
        return List.of(new UpdateOneModel<>(some, pull), new UpdateOneModel<>(none, UNSET));
    }

    @Override
    public void close() {
        clearing.dispose();
    }
}
