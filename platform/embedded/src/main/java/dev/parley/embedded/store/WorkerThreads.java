package dev.parley.embedded.store;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names threads that may block; so they are ordinary ones, and not Netty's, which tools watch for blocking. */
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
