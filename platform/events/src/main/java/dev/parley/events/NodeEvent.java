package dev.parley.events;

/**
 * What the nodes that hold sockets tell each other, and those who only read, of themselves, on {@link Topics#PRESENCE}. Nodes that start anew have a
 * new id.
 */
public sealed interface NodeEvent extends Event
        permits NodeHeartbeat, NodeStopped, NodeSnapshotRequested, NodeSnapshotSent {

    /** Of the node that says it. */
    String nodeId();

    /** The same for all nodes: all see what they tell each other in one order. Whoever hears itself can hear the others. */
    @Override
    default String partitionKey() {
        return "nodes";
    }

    <R> R accept(Visitor<R> visitor);

    /** One case for each kind of event. */
    interface Visitor<R> {
        R heartbeat(NodeHeartbeat event);

        R stopped(NodeStopped event);

        R snapshotRequested(NodeSnapshotRequested event);

        R snapshotSent(NodeSnapshotSent event);
    }
}
