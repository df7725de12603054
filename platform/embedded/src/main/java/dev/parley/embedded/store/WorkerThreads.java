package dev.parley.embedded.store;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that may wait for the disk, and that nobody takes for those of an event loop. */
final class WorkerThreads implements ThreadFactory {

    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    WorkerThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
