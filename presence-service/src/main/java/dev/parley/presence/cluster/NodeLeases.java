package dev.parley.presence.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The leases of the other nodes. Time is measured in ticks: a tick is one heartbeat of this node that it has read back from the
 * topic. So no lease expires while this node reads nothing. Used by one thread.
 */
final class NodeLeases {

    private static final int MAX_EXPIRED_REMEMBERED = 10_000;

    /** The lease of a node that is gone. */
    record ExpiredLease(String nodeId, Instant lastAlive) {}

    private static final class Lease {

        private Instant lastAlive;
        private int silentTicks;
        private boolean stopped;
        private Instant stoppedAt = Instant.MIN;
        private int graceTicksLeft;

        private Lease(Instant lastAlive) {
            this.lastAlive = lastAlive;
        }
    }

    private final int leaseTicks;
    private final int graceTicks;

    /** By node id, so that all nodes have them in the same order. */
    private final Map<String, Lease> leases = new TreeMap<>();

    private final Set<String> expired = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_EXPIRED_REMEMBERED;
        }
    });

    /**
     * @param leaseTicks for how many ticks a node may be silent
     * @param graceTicks for how many ticks the clients of a stopped node may reconnect to other nodes
     */
    NodeLeases(int leaseTicks, int graceTicks) {
        this.leaseTicks = leaseTicks;
        this.graceTicks = graceTicks;
    }

    /** Another node published an event. Returns whether its lease had expired. */
    boolean renew(String nodeId, Instant at) {
        Lease lease = leases.computeIfAbsent(nodeId, id -> new Lease(at));
        lease.silentTicks = 0;
        if (!lease.stopped && at.isAfter(lease.lastAlive)) {
            lease.lastAlive = at;
        }
        return expired.remove(nodeId);
    }

    /** A node published a heartbeat at this time: if it had stopped before that, it runs again. */
    void restarted(String nodeId, Instant at) {
        Lease lease = leases.get(nodeId);
        if (lease != null && at.isAfter(lease.stoppedAt)) {
            lease.stopped = false;
        }
    }

    /** A node stopped. */
    void stopped(String nodeId, Instant at) {
        renew(nodeId, at);
        Lease lease = leases.get(nodeId);
        if (lease != null) {
            lease.stopped = true;
            lease.stoppedAt = at;
            lease.graceTicksLeft = graceTicks;
        }
    }

    /** A heartbeat of this node was read back. Returns the leases that expire with it. */
    List<ExpiredLease> tick() {
        List<ExpiredLease> ended = new ArrayList<>();
        leases.forEach((id, lease) -> {
            lease.silentTicks++;
            lease.graceTicksLeft--;
            if (lease.stopped ? lease.graceTicksLeft < 0 : lease.silentTicks > leaseTicks) {
                ended.add(new ExpiredLease(id, lease.lastAlive));
            }
        });
        ended.forEach(lease -> {
            leases.remove(lease.nodeId());
            expired.add(lease.nodeId());
        });
        return ended;
    }

    /** Whether this node has the lowest id of all nodes that were alive just now. */
    boolean isFirst(String nodeId) {
        return leases.entrySet().stream()
                .noneMatch(other -> other.getKey().compareTo(nodeId) < 0
                        && !other.getValue().stopped
                        && other.getValue().silentTicks <= 2);
    }

    Set<String> nodes() {
        return Set.copyOf(leases.keySet());
    }

    int size() {
        return leases.size();
    }
}
