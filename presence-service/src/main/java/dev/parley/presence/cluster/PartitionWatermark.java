package dev.parley.presence.cluster;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far this node has read in all partitions of a topic, measured by an event that is published regularly to each of them: once
 * that event was read everywhere, so was everything published before it. Used by one thread.
 */
final class PartitionWatermark {

    private final Map<Integer, Instant> latest = new HashMap<>();
    private Set<Integer> partitions = Set.of();
    private Instant watermark = Instant.MIN;

    /** Sets which partitions are read. */
    void setPartitions(Set<Integer> all) {
        partitions = Set.copyOf(all);
    }

    Set<Integer> partitions() {
        return partitions;
    }

    /** The event of this time was read in a partition. Returns whether the watermark has advanced. */
    boolean advance(int partition, Instant at) {
        latest.put(partition, at);
        if (!latest.keySet().containsAll(partitions)) {
            return false;
        }
        Instant lowest = latest.values().stream().min(Instant::compareTo).orElse(at);
        boolean advanced = !lowest.equals(watermark);
        watermark = lowest;
        return advanced;
    }
}
