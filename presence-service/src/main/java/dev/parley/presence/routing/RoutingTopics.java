package dev.parley.presence.routing;

/** The topics between routers and nodes. Nobody else reads them. */
final class RoutingTopics {

    /** Which users and conversations each node has; compacted. */
    static final String INTEREST = "parley.interest";

    /** The partition of {@link #INTEREST} in which nodes tell of their users: one, so that all of it has one order. */
    static final int USERS = 0;

    /** The partition of {@link #INTEREST} in which nodes tell that they live. */
    static final int NODES = 1;

    /** What the routers write to the nodes: each node reads one partition. */
    static final String INBOXES = "parley.inboxes";

    /** The consumer group that reads the events of conversations and routes them. */
    static final String ROUTER_GROUP = "presence-router";

    private RoutingTopics() {}
}
