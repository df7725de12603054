package dev.parley.platform.outbox;

import dev.parley.platform.event.PendingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Publishes the events that a crash or a failed publication left on their documents: at start, and then at intervals. */
public final class OutboxSweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxSweeper.class);

    private record Left(@Id String id, List<PendingEvent> outbox) {

        private PendingEvent first() {
            return outbox.get(0);
        }

        private String key() {
            return first().key();
        }
    }

    private static final Comparator<Left> IN_ORDER = Comparator.comparing(Left::key)
            .thenComparing(document -> document.first().order())
            .thenComparing(document -> document.first().id());

    private final ReactiveMongoTemplate mongo;
    private final Outbox outbox;
    private final List<OutboxSource> sources;
    private final OutboxSettings settings;
    private Disposable sweeping = Disposables.disposed();

    OutboxSweeper(ReactiveMongoTemplate mongo, Outbox outbox, List<OutboxSource> sources, OutboxSettings settings) {
        this.mongo = mongo;
        this.outbox = outbox;
        this.sources = sources;
        this.settings = settings;
    }

    /** Publishes what has been pending for longer than the given age, in order within each key. */
    public Mono<Void> sweep(Duration age) {
        return Flux.fromIterable(sources)
                .concatMap(source -> sweep(source, Instant.now().minus(age)))
                .then();
    }

    /** Batch by batch, until one is not full or nothing of it could be published. */
    private Mono<Void> sweep(OutboxSource source, Instant before) {
        return sweepBatch(source, before)
                .expand(published -> published < settings.sweepBatch() ? Mono.empty() : sweepBatch(source, before))
                .then();
    }

    /** @return how many documents were published and cleared */
    private Mono<Integer> sweepBatch(OutboxSource source, Instant before) {
        Query left = Query.query(Criteria.where(OutboxSource.SINCE).lt(before))
                .with(Sort.by(OutboxSource.SINCE))
                .limit(settings.sweepBatch());
        return mongo.find(left, Left.class, source.collection())
                .collectList()
                .flatMap(batch -> publish(source, batch).collectList())
                .flatMap(published -> outbox.clear(published).thenReturn(published.size()));
    }

    /** Documents that are only left with an empty list have nothing to publish, but are to be cleared. */
    private Flux<Outbox.Published> publish(OutboxSource source, List<Left> batch) {
        Flux<Outbox.Published> empty = Flux.fromIterable(batch)
                .filter(document -> document.outbox().isEmpty())
                .map(document -> new Outbox.Published(source, document.id(), List.of()));
        return empty.concatWith(publishPending(source, batch));
    }

    /** What cannot be published holds up the events of the same key behind it, and no others. */
    private Flux<Outbox.Published> publishPending(OutboxSource source, List<Left> batch) {
        Set<String> heldUp = new HashSet<>();
        return Flux.fromIterable(batch)
                .filter(document -> !document.outbox().isEmpty())
                .sort(IN_ORDER)
                .concatMap(document -> heldUp.contains(document.key())
                        ? Mono.empty()
                        : outbox.published(source, document.id(), document.outbox())
                                .onErrorResume(failure -> {
                                    log.warn("Left on {} of {}", document.id(), source.collection(), failure);
                                    heldUp.add(document.key());
                                    return Mono.empty();
                                }));
    }

    @Override
    public void start() {
        sweeping = sweep(Duration.ZERO)
                .onErrorResume(OutboxSweeper::tryAgainLater)
                .thenMany(Flux.interval(settings.sweepInterval()).onBackpressureDrop())
                .concatMap(tick -> sweep(settings.sweepAge()).onErrorResume(OutboxSweeper::tryAgainLater))
                .subscribe();
    }

    private static Mono<Void> tryAgainLater(Throwable failure) {
        log.warn("The outbox was not swept; it will be at the next turn", failure);
        return Mono.empty();
    }

    @Override
    public void stop() {
        sweeping.dispose();
    }

    @Override
    public boolean isRunning() {
        return !sweeping.isDisposed();
    }
}
