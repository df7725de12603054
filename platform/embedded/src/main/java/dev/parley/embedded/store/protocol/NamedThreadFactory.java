package dev.parley.embedded.store.protocol;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the store's threads, with names. They are not Netty's own threads, because tools in the same JVM report those when
 * they block. Here workers wait for the disk, and an event loop may briefly wait for the lock of a queue.
 */
final class NamedThreadFactory implements ThreadFactory {

    private final String name;
    private final AtomicInteger number = new AtomicInteger();

    NamedThreadFactory(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
