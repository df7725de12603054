package dev.parley.notification.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Brings notices to people when they are due, for as long as the service runs: a few batches at a time, the others wait in the store. */
@Component
final class NoticeDispatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NoticeDispatch.class);

    /** How often is counted for the metrics. */
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(5);

    private final NoticeStore store;
    private final FanOut fanOut;
    private final FanOutSettings settings;
    private final Decisions decisions;
    private final NoticeMetrics metrics;
    private volatile @Nullable Run run;

    /** From a start to the stop that follows. */
    private static final class Run {

        private final AtomicBoolean stopping = new AtomicBoolean();
        private final Sinks.Empty<Void> stop = Sinks.empty();
        private final Sinks.Empty<Void> ended = Sinks.empty();

        void end() {
            stopping.set(true);
            stop.tryEmitEmpty();
        }
    }

    NoticeDispatch(
            NoticeStore store, FanOut fanOut, FanOutSettings settings, Decisions decisions, NoticeMetrics metrics) {
        this.store = store;
        this.fanOut = fanOut;
        this.settings = settings;
        this.decisions = decisions;
        this.metrics = metrics;
    }

    @Override
    public void start() {
        Run begun = new Run();
        Flux<?> work = Flux.interval(Duration.ZERO, settings.pollInterval())
                .takeUntilOther(begun.stop.asMono())
                .onBackpressureLatest()
                .concatMap(tick -> claims(begun), 0)
                .flatMap(this::bring, settings.maxBatchesAtOnce(), 1);
        Flux<?> counts = Flux.interval(COUNT_INTERVAL)
                .takeUntilOther(begun.stop.asMono())
                .onBackpressureDrop()
                .concatMap(tick -> count(), 0);
        Flux.merge(work, counts).doFinally(end -> begun.ended.tryEmitEmpty()).subscribe();
        run = begun;
    }

    /** Claims one batch after the other, each when there is a place for it, until nothing is due. */
    private Flux<List<Notice>> claims(Run begun) {
        return Mono.defer(() -> begun.stopping.get() ? Mono.just(List.<Notice>of()) : store.claim())
                .repeat()
                .takeWhile(claimed -> !claimed.isEmpty())
                .onErrorResume(failure -> {
                    log.warn("No notices were claimed; they will be at the next turn", failure);
                    return Flux.empty();
                });
    }

    /** If one of them fails, each is tried by itself, so that it holds up no other. */
    private Mono<Void> bring(List<Notice> claimed) {
        return brought(claimed).onErrorResume(failure -> Flux.fromIterable(claimed)
                .concatMap(notice -> brought(List.of(notice)).onErrorResume(cause -> failed(notice, cause)))
                .then());
    }

    private Mono<Void> brought(List<Notice> claimed) {
        return fanOut.bring(claimed, settings.recipientsAtOnce())
                .concatMap(store::advance)
                .then();
    }

    private Mono<Void> failed(Notice notice, Throwable cause) {
        log.warn("The notice {} was not brought to all", notice.id(), cause);
        boolean last = decisions.isExpired(notice, Instant.now());
        Mono<Void> noted = last ? store.giveUp(notice).doOnSuccess(done -> metrics.failed()) : store.tryAgain(notice);
        // If that fails too, it is claimed again when the lease ends.
        return noted.onErrorComplete();
    }

    private Mono<Void> count() {
        Instant now = Instant.now();
        return Mono.zip(store.due(), store.dueSince().defaultIfEmpty(now))
                .doOnNext(found -> metrics.due(found.getT1(), Duration.between(found.getT2(), now)))
                .then()
                // What is counted is counted again soon.
                .onErrorComplete();
    }

    /** What is under way is brought to its end first. */
    @Override
    public void stop(Runnable callback) {
        Run ending = run;
        run = null;
        if (ending == null) {
            callback.run();
            return;
        }
        ending.end();
        ending.ended.asMono().doFinally(end -> callback.run()).subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }
}
