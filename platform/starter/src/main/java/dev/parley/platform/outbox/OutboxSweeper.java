package dev.parley.platform.outbox;

import dev.parley.platform.event.PendingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
    }

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

    private Mono<Void> sweep(OutboxSource source, Instant before) {
        Query left = Query.query(Criteria.where(OutboxSource.SINCE).lt(before))
                .with(Sort.by(OutboxSource.SINCE))
                .limit(settings.sweepBatch());
        return mongo.find(left, Left.class, source.collection())
                .filter(document ->
                        document.outbox() != null && !document.outbox().isEmpty())
                .collectSortedList(
                        Comparator.comparing((Left document) -> document.first().key())
                                .thenComparing(document -> document.first().order())
                                .thenComparing(document -> document.first().id()))
                .flatMapMany(Flux::fromIterable)
                .concatMap(document -> outbox.publish(source, document.id(), document.outbox()))
                .then();
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
