package dev.parley.embedded.store;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names the store's threads. They are ordinary ones and not Netty's, which tools in the same JVM watch for blocking: here
 * workers wait for the disk, and an event loop may wait a moment for the lock of a queue.
 */
final class WorkerThreads implements ThreadFactory {

    private final String name;
    private final AtomicInteger number = new AtomicInteger();

    WorkerThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
