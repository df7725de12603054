package dev.parley.events;

/**
 * What the nodes that hold sockets tell each other of themselves, on {@link Topics#PRESENCE}. Nodes that start anew have a
 * new id.
 */
public sealed interface NodeEvent extends Event permits NodeAlive, NodeLeft, NodeAsks, NodeTold {

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
        R alive(NodeAlive event);

        R left(NodeLeft event);

        R asks(NodeAsks event);

        R told(NodeTold event);
    }
}
