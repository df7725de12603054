package dev.parley.presence.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Whether the other nodes have told this one, which has only just started, whom they know. */
@Component
final class BootstrapBarrier {

    private final Set<String> owing = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private boolean asked;
    private boolean over;

    /** This node is about to ask. */
    synchronized void begin() {
        asked = false;
        over = false;
    }

    /** This node's question can be heard by all. */
    synchronized void asked() {
        asked = true;
        notifyAll();
    }

    /** Another node is there. */
    synchronized void heard(String nodeId) {
        if (!over && !done.contains(nodeId)) {
            owing.add(nodeId);
        }
    }

    /** Another node has told all, or will not. */
    synchronized void done(String nodeId) {
        if (!over) {
            done.add(nodeId);
            owing.remove(nodeId);
            notifyAll();
        }
    }

    /**
     * Waits until all have told who are heard of within a moment of the question.
     *
     * @return whether they have, before the end of the longest wait
     */
    synchronized boolean await(Duration moment, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        boolean whole = await(() -> asked, end)
                && pause(Math.min(end, System.nanoTime() + moment.toNanos()))
                && await(owing::isEmpty, end);
        over = true;
        owing.clear();
        done.clear();
        return whole;
    }

    private boolean pause(long end) throws InterruptedException {
        await(() -> false, end);
        return true;
    }

    private boolean await(BooleanSupplier condition, long end) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
