package dev.parley.presence.cluster;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What this node says again and again in every partition of the topic: once it was heard in all of them, so was all that was
 * stored before it. Of one thread.
 */
final class PartitionWatermark {

    private final Map<Integer, Instant> latest = new HashMap<>();
    private Set<Integer> partitions = Set.of();
    private Instant whole = Instant.MIN;

    /** Those that are read. */
    void partitions(Set<Integer> all) {
        partitions = Set.copyOf(all);
    }

    Set<Integer> partitions() {
        return partitions;
    }

    /** What was said at a time was heard in a partition. Returns whether that is the last one to hear what was said then. */
    boolean heard(int partition, Instant at) {
        latest.put(partition, at);
        if (!latest.keySet().containsAll(partitions)) {
            return false;
        }
        Instant everywhere = latest.values().stream().min(Instant::compareTo).orElse(at);
        boolean further = !everywhere.equals(whole);
        whole = everywhere;
        return further;
    }
}
