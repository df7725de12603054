package dev.parley.platform.outbox;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.job.Term;
import dev.parley.platform.outbox.OutboxMetrics.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes the events that a crash or a failed publication left on their documents. A
 * document that cannot be published for what its events are is set aside after some tries, and tried again at long intervals.
 * It holds up the later events of its key, so that their order stays, and nothing else.
 */
public final class OutboxSweeper {

    private static final Logger log = LoggerFactory.getLogger(OutboxSweeper.class);

    /** One round over a collection. */
    private static final class Round {

        private final OutboxSource source;
        private final Instant before;
        private final Set<String> heldUpKeys = new HashSet<>();
        private Instant from = Instant.EPOCH;
        private final List<String> leftAtFrom = new ArrayList<>();

        private Round(OutboxSource source, Instant before) {
            this.source = source;
            this.before = before;
        }

        /** Goes on behind a batch: what is left of it comes in the next round. */
        private void passed(List<PendingDocument> batch, Set<String> published) {
            Instant last = batch.get(batch.size() - 1).outboxSince();
            if (!last.equals(from)) {
                leftAtFrom.clear();
                from = last;
            }
            batch.stream()
                    .filter(document -> document.outboxSince().equals(last) && !published.contains(document.id()))
                    .forEach(document -> leftAtFrom.add(document.id()));
        }
    }

    private final ReactiveMongoTemplate mongo;
    private final Outbox outbox;
    private final List<OutboxSource> sources;
    private final OutboxSettings settings;
    private final OutboxMetrics metrics;

    OutboxSweeper(
            ReactiveMongoTemplate mongo,
            Outbox outbox,
            List<OutboxSource> sources,
            OutboxSettings settings,
            OutboxMetrics metrics) {
        this.mongo = mongo;
        this.outbox = outbox;
        this.sources = sources;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Counts what is pending. */
    Mono<Void> sample() {
        return Flux.fromIterable(sources).concatMap(this::sample).then();
    }

    /** Publishes what has been pending for longer than the given age, in order within each key. */
    public Mono<Void> sweep(Duration age) {
        return Flux.fromIterable(sources)
                .concatMap(source -> sweep(source, Instant.now().minus(age)))
                .then();
    }

    /** Batch by batch, until one is not full. */
    private Mono<Void> sweep(OutboxSource source, Instant before) {
        return Mono.defer(() -> {
            Round round = new Round(source, before);
            return keysOfSetAside(round)
                    .then(sweepBatch(round))
                    .expand(found -> found < settings.sweepBatch() ? Mono.empty() : sweepBatch(round))
                    .then();
        });
    }

    private Mono<Void> keysOfSetAside(Round round) {
        Query setAside = setAside();
        setAside.fields().include(OutboxSource.EVENTS + ".key");
        return mongo.find(setAside, Document.class, round.source.collection())
                .doOnNext(document -> document.getList(OutboxSource.EVENTS, Document.class)
                        .forEach(event -> round.heldUpKeys.add(event.getString("key"))))
                .then();
    }

    private Query setAside() {
        return Query.query(Criteria.where(OutboxSource.SINCE)
                        .lt(Instant.now())
                        .and(OutboxSource.RETRY_AT)
                        .gt(Instant.now()))
                .limit(settings.maxCounted());
    }

    /** @return how many documents were found */
    private Mono<Integer> sweepBatch(Round round) {
        return Term.step(Mono.defer(() -> mongo.find(next(round), PendingDocument.class, round.source.collection())
                .collectList()
                .flatMap(batch -> batch.isEmpty()
                        ? Mono.just(0)
                        : publish(round, batch).collectList().flatMap(published -> {
                            Set<String> ids = new HashSet<>();
                            published.forEach(one -> ids.add(one.documentId()));
                            round.passed(batch, ids);
                            return outbox.clear(published).thenReturn(batch.size());
                        }))));
    }

    private Query next(Round round) {
        Criteria waiting = Criteria.where(OutboxSource.SINCE)
                .gte(round.from)
                .lt(round.before)
                .and(OutboxSource.RETRY_AT)
                .not()
                .gt(Instant.now());
        if (!round.leftAtFrom.isEmpty()) {
            waiting = waiting.and("_id").nin(List.copyOf(round.leftAtFrom));
        }
        return Query.query(waiting).with(Sort.by(OutboxSource.SINCE)).limit(settings.sweepBatch());
    }

    /** Documents that are only left with an empty list have nothing to publish, but are to be cleared. */
    private Flux<Outbox.Published> publish(Round round, List<PendingDocument> batch) {
        Flux<Outbox.Published> empty = Flux.fromIterable(batch)
                .filter(document -> document.outbox().isEmpty())
                .map(document -> new Outbox.Published(round.source, document.id(), List.of()));
        return empty.concatWith(publishPending(round, batch));
    }

    /** What cannot be published holds up the events of the same key behind it, and no others. */
    private Flux<Outbox.Published> publishPending(Round round, List<PendingDocument> batch) {
        return Flux.fromIterable(batch)
                .filter(document -> !document.outbox().isEmpty())
                .sort(PendingDocument.IN_ORDER)
                .concatMap(document -> round.heldUpKeys.contains(document.key())
                        ? Mono.empty()
                        : Term.step(outbox.published(round.source, document.id(), document.outbox())
                                .onErrorResume(failure -> {
                                    round.heldUpKeys.add(document.key());
                                    return failed(round.source, document, failure)
                                            .then(Mono.empty());
                                })));
    }

    /** Notes the try, unless the broker was away: that says nothing of the document. */
    private Mono<Void> failed(OutboxSource source, PendingDocument document, Throwable failure) {
        if (EventPublisher.mayPass(failure)) {
            log.warn("The events of {} in {} are not published yet", document.id(), source.collection(), failure);
            return Mono.empty();
        }
        int tries = document.tries() + 1;
        Bson noted = Updates.set(OutboxSource.TRIES, tries);
        if (tries >= settings.maxTries()) {
            Instant retryAt = Instant.now().plus(settings.setAsideInterval());
            noted = Updates.combine(noted, Updates.set(OutboxSource.RETRY_AT, Date.from(retryAt)));
            log.error(
                    "The events of {} in {} cannot be published, and are set aside until {}",
                    document.id(),
                    source.collection(),
                    retryAt,
                    failure);
        } else {
            log.warn("The events of {} in {} cannot be published", document.id(), source.collection(), failure);
        }
        Bson update = noted;
        return mongo.getCollection(source.collection())
                .flatMap(documents -> Mono.from(documents.updateOne(Filters.eq("_id", document.id()), update)))
                .then();
    }

    private Mono<Void> sample(OutboxSource source) {
        Query waiting = Query.query(Criteria.where(OutboxSource.SINCE).lt(Instant.now()));
        Query oldest = Query.of(waiting).with(Sort.by(OutboxSource.SINCE)).limit(1);
        oldest.fields().include(OutboxSource.SINCE);
        String collection = source.collection();
        return Mono.zip(
                        mongo.count(Query.of(waiting).limit(settings.maxCounted()), collection),
                        mongo.find(oldest, Document.class, collection)
                                .map(document ->
                                        document.getDate(OutboxSource.SINCE).toInstant())
                                .collectList(),
                        mongo.count(setAside(), collection))
                .doOnNext(sample -> metrics.sampled(
                        source,
                        new Backlog(
                                sample.getT1(),
                                sample.getT2().isEmpty() ? null : sample.getT2().get(0),
                                sample.getT3())))
                .then();
    }
}
