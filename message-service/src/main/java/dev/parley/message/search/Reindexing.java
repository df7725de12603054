package dev.parley.message.search;

import dev.parley.message.store.StoredWords;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes the words of stored messages anew after an update by which words are made in another way: at start, batch after
 * batch, with a pause after each. Until a message's turn comes it is found by its earlier words.
 */
@Component
public final class Reindexing implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Reindexing.class);

    /** How long after a failure, or after another instance's turn, it is tried again. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ReindexProgress progress;
    private final StoredWords words;
    private final SearchSettings settings;
    private volatile Disposable running = Disposables.disposed();

    Reindexing(ReindexProgress progress, StoredWords words, SearchSettings settings) {
        this.progress = progress;
        this.words = words;
        this.settings = settings;
    }

    /** @return how many messages got other words */
    public Mono<Long> run() {
        return progress.begin()
                .then(batch().expand(this::next).map(StoredWords.Batch::changed).reduce(0L, Long::sum));
    }

    /** Empty after the last, and if it is another instance's turn. */
    private Mono<StoredWords.Batch> batch() {
        return Mono.defer(progress::take).flatMap(turn -> words.renew(turn.lastId(), settings.reindexBatch())
                .flatMap(done -> note(done, turn).thenReturn(done))
                .switchIfEmpty(Mono.defer(() -> progress.finish(turn).then(Mono.empty()))));
    }

    private Mono<Void> note(StoredWords.Batch done, ReindexProgress.Stored turn) {
        return done.isLast() ? progress.finish(turn) : progress.advance(done.lastId());
    }

    private Mono<StoredWords.Batch> next(StoredWords.Batch done) {
        return done.isLast()
                ? Mono.empty()
                : Mono.delay(settings.reindexPause()).then(batch());
    }

    private Mono<Boolean> runLeniently() {
        return run().doOnNext(changed -> {
                    if (changed > 0) {
                        log.info("The words of {} stored messages were made anew", changed);
                    }
                })
                .then(Mono.defer(progress::isDone))
                .onErrorResume(failure -> {
                    log.warn("The words of stored messages could not be made anew; it is tried again", failure);
                    return Mono.just(false);
                });
    }

    @Override
    public void start() {
        running = Flux.interval(Duration.ZERO, INTERVAL)
                .onBackpressureDrop()
                .concatMap(tick -> runLeniently(), 1)
                .takeUntil(done -> done)
                .subscribe();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
