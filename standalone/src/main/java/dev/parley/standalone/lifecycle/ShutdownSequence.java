package dev.parley.standalone.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Stops what was started, the last first, within a time limit. Parts may be added while others stop. */
public final class ShutdownSequence {

    private record Part(String name, AutoCloseable part) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean stopping;

    /** Has a part stopped before those that were added earlier; at once, if the shutdown has begun. */
    public void add(String name, AutoCloseable part) {
        synchronized (parts) {
            if (!stopping) {
                parts.push(new Part(name, part));
                return;
            }
        }
        stop(new Part(name, part));
    }

    /** Whether everything is being stopped. */
    public boolean hasBegun() {
        synchronized (parts) {
            return stopping;
        }
    }

    /** Returns when everything has stopped or the time is over. */
    public void stopAll(Duration limit) {
        Thread stopper = new Thread(this::stopAll, "stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(limit.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (stopper.isAlive()) {
            System.err.println("Not everything stopped within " + TimeUnit.MILLISECONDS.toSeconds(limit.toMillis())
                    + " s; leaving it");
        }
    }

    private void stopAll() {
        while (true) {
            Part part;
            synchronized (parts) {
                stopping = true;
                part = parts.poll();
            }
            if (part == null) {
                return;
            }
            stop(part);
        }
    }

    private static void stop(Part part) {
        try {
            part.part().close();
        } catch (Exception failure) {
            System.err.println("The " + part.name() + " did not stop cleanly: " + failure);
        }
    }
}
