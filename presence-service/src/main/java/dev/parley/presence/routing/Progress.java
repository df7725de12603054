package dev.parley.presence.routing;

import java.util.List;

/**
 * How far a router has come.
 *
 * @param interest the offset up to which it has read the interest of the nodes
 */
record Progress(long interest, List<OfPartition> partitions) {

    /**
     * How far it has come with a partition of the events.
     *
     * @param generation of the router, higher than that of every router that had the partition before
     * @param loaded the offset of the interest up to which it wrote nothing that is recent to nodes that asked
     * @param position the offset of the last event that was routed
     * @param forgotten the offset up to which it cannot give recent events
     */
    record OfPartition(int partition, int generation, long loaded, long position, long forgotten) {}
}
