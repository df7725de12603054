package dev.parley.presence.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Waits, while this node starts, until the other nodes have sent their users. Safe for any thread. */
@Component
final class BootstrapBarrier {

    private final Set<String> awaited = new HashSet<>();
    private final Set<String> finished = new HashSet<>();
    private boolean requested;
    private boolean over;

    /** Called before this node requests the snapshots. */
    synchronized void reset() {
        requested = false;
        over = false;
    }

    /** This node has read its own request: all other nodes read it too. */
    synchronized void snapshotRequested() {
        requested = true;
        notifyAll();
    }

    /** Another node is alive. */
    synchronized void nodeSeen(String nodeId) {
        if (!over && !finished.contains(nodeId)) {
            awaited.add(nodeId);
        }
    }

    /** Another node has sent all of its users, or has stopped. */
    synchronized void snapshotReceived(String nodeId) {
        if (!over) {
            finished.add(nodeId);
            awaited.remove(nodeId);
            notifyAll();
        }
    }

    /**
     * Waits for the snapshots of all nodes that are seen within a short time after the request.
     *
     * @param discovery how long to look for nodes after the request
     * @return whether all snapshots arrived in time
     */
    synchronized boolean awaitSnapshots(Duration discovery, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        boolean complete = await(() -> requested, end)
                && pause(Math.min(end, System.nanoTime() + discovery.toNanos()))
                && await(awaited::isEmpty, end);
        over = true;
        awaited.clear();
        finished.clear();
        return complete;
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
