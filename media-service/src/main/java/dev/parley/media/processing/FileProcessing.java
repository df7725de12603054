package dev.parley.media.processing;

import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.media.malware.MalwareScanner;
import dev.parley.media.processing.FileProcessor.ScannerAwayException;
import dev.parley.media.processing.ProcessingMetrics.Outcome;
import dev.parley.media.processing.ProcessingQueue.Turn;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Works on confirmed files, a few at a time: at once when it is told of one, and at intervals on what was left by a crash or is to
 * be tried again.
 */
@Component
public final class FileProcessing implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FileProcessing.class);

    private final ProcessingQueue queue;
    private final FileStore files;
    private final FileProcessor processor;
    private final MalwareScanner scanner;
    private final ProcessingSettings settings;
    private final ProcessingMetrics metrics;
    private final Sinks.Many<Long> confirmed = Sinks.many().multicast().directBestEffort();
    private Disposable running = Disposables.disposed();

    FileProcessing(
            ProcessingQueue queue,
            FileStore files,
            FileProcessor processor,
            MalwareScanner scanner,
            ProcessingSettings settings,
            ProcessingMetrics metrics) {
        this.queue = queue;
        this.files = files;
        this.processor = processor;
        this.scanner = scanner;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** What a file is when its content has been confirmed. */
    public Status statusOfConfirmed() {
        return scanner.isConfigured() ? Status.SCANNING : Status.READY;
    }

    /** Tells that a file was confirmed, so that nobody waits for the next interval. */
    public void wake() {
        confirmed.emitNext(0L, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    @Override
    public void start() {
        Flux<Long> intervals =
                Flux.interval(Duration.ZERO, settings.sweepInterval()).onBackpressureDrop();
        Flux<?> workers = Flux.range(0, settings.maxAtOnce())
                .flatMap(
                        worker -> Flux.merge(confirmed.asFlux(), intervals)
                                // One told of while it is busy is found when it looks again.
                                .onBackpressureLatest()
                                .concatMap(tick -> workOff(), 0),
                        settings.maxAtOnce());
        Flux<?> counts = Flux.interval(settings.sweepInterval())
                .onBackpressureDrop()
                .concatMap(tick -> queue.waiting().doOnNext(metrics::waiting).onErrorComplete(), 0);
        running = Flux.merge(workers, counts).subscribe();
    }

    /** One file after the other, until none is due. */
    private Mono<Void> workOff() {
        return next().repeat().takeWhile(more -> more).then().onErrorResume(failure -> {
            log.warn("Files were not worked on; they will be at the next turn", failure);
            return Mono.empty();
        });
    }

    /** @return whether there was one */
    private Mono<Boolean> next() {
        return queue.take().flatMap(turn -> work(turn).thenReturn(true)).defaultIfEmpty(false);
    }

    private Mono<Void> work(Turn turn) {
        return files.byId(turn.id())
                .filter(file -> file.content() != null)
                .flatMap(file -> timed(turn, file).thenReturn(file))
                .switchIfEmpty(queue.forget(turn).then(Mono.empty()))
                .then();
    }

    private Mono<Outcome> timed(Turn turn, StoredFile file) {
        return Mono.defer(() -> {
            Timer.Sample begun = metrics.begin();
            return work(turn, file)
                    .doOnNext(outcome -> metrics.ended(begun, file.kind(), outcome))
                    .doFinally(end -> metrics.end());
        });
    }

    private Mono<Outcome> work(Turn turn, StoredFile file) {
        if (turn.tries() > settings.maxTries()) {
            return processor.giveUp(file);
        }
        return processor
                .process(file)
                .timeout(settings.timeLimit())
                .onErrorResume(failure -> tryAgain(turn, file, failure));
    }

    private Mono<Outcome> tryAgain(Turn turn, StoredFile file, Throwable failure) {
        if (failure instanceof ScannerAwayException) {
            // The file waits for as long as that takes: the door stays closed.
            log.warn("The file {} waits for clamd", file.id(), failure.getCause());
            return queue.postpone(turn, settings.maxRetryDelay(), false).thenReturn(Outcome.RETRIED);
        }
        log.warn("The work on the file {} failed", file.id(), failure);
        return turn.tries() >= settings.maxTries()
                ? files.byId(file.id()).flatMap(processor::giveUp)
                : queue.postpone(turn, settings.delayAfter(turn.tries()), true).thenReturn(Outcome.RETRIED);
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
