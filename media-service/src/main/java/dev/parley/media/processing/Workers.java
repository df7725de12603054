package dev.parley.media.processing;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The threads on which files are decoded and scanned, one for each file that is worked on. */
@Component
final class Workers implements AutoCloseable {

    /** A call that blocks. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService executor;
    private final Scheduler scheduler;

    Workers(ProcessingSettings settings) {
        int size = settings.maxAtOnce();
        // What waits here is one step of each file that is worked on, so the queue is as short as there are files.
        this.executor =
                new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        this.scheduler = Schedulers.fromExecutorService(executor, "media-worker");
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "media-worker-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Does the work on one of the threads; it is interrupted if nobody waits for it any more. */
    <T> Mono<T> call(Work<T> work) {
        return Mono.fromCallable(() -> {
                    try {
                        return work.run();
                    } catch (OutOfMemoryError tooLarge) {
                        // What it needed is free again, and the rest of the service goes on.
                        throw new IOException("Not enough memory for a file", tooLarge);
                    }
                })
                .subscribeOn(scheduler);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
