package dev.parley.platform.event;

import dev.parley.platform.trace.TraceSpan;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Puts events on their topics. */
public final class EventPublisher implements AutoCloseable {

    private static final String THREAD_NAME = "event-publisher";

    /** Events that may wait for the sending thread; past it a publication fails and is left to the outbox. */
    private static final int MAX_QUEUED = 100_000;

    /** How long at most what waits is still sent when this is closed. */
    private static final Duration LAST_SENDS = Duration.ofSeconds(2);

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

    /**
     * One thread, so that events leave in the order of the calls; the client may block on it for metadata. No
     * {@code newBoundedElastic}: whoever publishes while that one is disposed of may spin for ever.
     */
    private final ExecutorService thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue, EventPublisher::daemon);

    private final AtomicInteger inFlight = new AtomicInteger();
    private final Timer sends;
    private final Counter failures;

    private final Scheduler sender = Schedulers.fromExecutorService(thread, THREAD_NAME);
    private final KafkaTemplate<String, byte[]> kafka;
    private final EventCodec codec;
    private final Tracing tracing;
    private volatile boolean closed;

    public EventPublisher(
            KafkaTemplate<String, byte[]> kafka, EventCodec codec, MeterRegistry meters, Tracing tracing) {
        this.tracing = tracing;
        this.kafka = kafka;
        this.codec = codec;
        Gauge.builder("parley.publisher.queued", queue, Collection::size)
                .description("Publications that wait for the sending thread")
                .register(meters);
        Gauge.builder("parley.publisher.in-flight", inFlight, AtomicInteger::get)
                .description("Publications that the broker has not stored yet")
                .register(meters);
        this.sends = Timer.builder("parley.publisher.send")
                .description("From when a publication was asked for until the broker stored it")
                .register(meters);
        this.failures = Counter.builder("parley.publisher.failed")
                .description("Publications that failed")
                .register(meters);
    }

    /** Publishes in the order of the list. Completes when all are stored by the broker, fails if one is not. */
    public Mono<Void> publish(List<PendingEvent> events) {
        return tracing.isOn()
                ? Mono.deferContextual(context -> publishNow(
                        events.stream().map(event -> event.in(context)).toList()))
                : publishNow(events);
    }

    private Mono<Void> publishNow(List<PendingEvent> events) {
        return sent(() -> events.stream().map(this::send).toList());
    }

    private CompletableFuture<?> send(PendingEvent event) {
        TraceSpan span = tracing.publishing("publish " + event.type(), event.traceparent());
        String header = span.sampled();
        if (header == null) {
            return kafka.send(codec.encode(event));
        }
        span.with("messaging.destination.name", event.topic())
                .with("parley.event.id", event.id())
                .with("parley.event.key", event.key());
        return kafka.send(codec.encode(event.writtenBy(header))).whenComplete((stored, failure) -> {
            if (failure != null) {
                span.failed(failure);
            }
            span.end();
        });
    }

    /**
     * Puts an event into every partition of its topic, whatever its key. Who has read it in a partition has read there all
     * that was stored before.
     */
    public Mono<Void> publishToAllPartitions(PendingEvent event) {
        return sent(() -> kafka.partitionsFor(event.topic()).stream()
                .map(partition -> kafka.send(codec.encode(event, partition.partition())))
                .toList());
    }

    private Mono<Void> sent(Callable<? extends List<? extends CompletableFuture<?>>> sending) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            inFlight.incrementAndGet();
            return sentNow(sending)
                    .doOnSuccess(stored -> sends.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
                    .doOnError(failure -> failures.increment())
                    .doFinally(end -> inFlight.decrementAndGet());
        });
    }

    private Mono<Void> sentNow(Callable<? extends List<? extends CompletableFuture<?>>> sending) {
        return Mono.fromCallable(() -> {
                    if (closed) {
                        throw new RejectedExecutionException("No events are published any more");
                    }
                    return sending.call();
                })
                .subscribeOn(sender)
                .flatMapMany(Flux::fromIterable)
                .concatMap(Mono::fromFuture)
                .then();
    }

    public Mono<Void> publish(PendingEvent event) {
        return publish(List.of(event));
    }

    /** Whether a publication failed for something around it, so that the same events may be published later. */
    public static boolean mayPass(Throwable failure) {
        return failure instanceof RejectedExecutionException || EventFailure.of(failure) == EventFailure.PASSES;
    }

    /** What waits is sent yet; what comes later fails. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(LAST_SENDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        // Each of them fails now.
        thread.shutdownNow().forEach(Runnable::run);
    }

    private static Thread daemon(Runnable sending) {
        Thread thread = new Thread(sending, THREAD_NAME);
        thread.setDaemon(true);
        return thread;
    }
}
