package dev.parley.presence.cluster;

import dev.parley.events.NodeEvent;
import dev.parley.events.NodeHeartbeat;
import dev.parley.events.NodeSnapshotRequested;
import dev.parley.events.NodeSnapshotSent;
import dev.parley.events.NodeStopped;
import dev.parley.presence.ClusterSettings;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.online.NodeId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps track of the other nodes that run presence-service, by the events that all nodes publish. Used by one thread. */
@Component
final class ClusterMembership {

    private static final Logger log = LoggerFactory.getLogger(ClusterMembership.class);

    private final String ownId;
    private final NodePublisher publisher;
    private final SnapshotResponder snapshots;
    private final BootstrapBarrier bootstrap;
    private final NodeLeases leases;
    private final PartitionWatermark heartbeats = new PartitionWatermark();

    /** By node, the partitions in which it has published the end of its snapshot for this node. */
    private final Map<String, Set<Integer>> snapshotEnds = new HashMap<>();

    /**
     * Heartbeats of this node that arrive together after a pause count as one: those of the other nodes come behind them.
     */
    private final long minTickNanos;

    private long lastTick = System.nanoTime();

    ClusterMembership(
            NodeId node,
            NodePublisher publisher,
            SnapshotResponder snapshots,
            BootstrapBarrier bootstrap,
            PresenceSettings settings) {
        this.ownId = node.value();
        this.publisher = publisher;
        this.snapshots = snapshots;
        this.bootstrap = bootstrap;
        ClusterSettings nodes = settings.nodes();
        this.leases = new NodeLeases(nodes.heartbeatsIn(nodes.lease()), nodes.heartbeatsIn(settings.offlineGrace()));
        this.minTickNanos = nodes.heartbeat().toNanos() / 2;
    }

    /** Sets which partitions of the topic this node reads. */
    void setPartitions(Set<Integer> partitions) {
        heartbeats.setPartitions(partitions);
    }

    /** A node published an event about one of its users. */
    void onUserEvent(String nodeId, Instant at) {
        if (!nodeId.equals(ownId)) {
            onSignOfLife(nodeId, at);
        }
    }

    /** A node published an event about itself. Returns the nodes whose leases have expired now. */
    List<NodeLeases.ExpiredLease> onNodeEvent(NodeEvent event, Instant at, int partition) {
        if (event.nodeId().equals(ownId)) {
            return event.accept(new OwnEvents(partition));
        }
        if (event instanceof NodeSnapshotRequested request && Boolean.TRUE.equals(request.observer())) {
            respondTo(request);
            return List.of();
        }
        onSignOfLife(event.nodeId(), at);
        event.accept(new EventsOfOthers(partition)).run();
        return List.of();
    }

    private void respondTo(NodeSnapshotRequested request) {
        if (request.of() == null || ownId.equals(request.of())) {
            snapshots.respondTo(request.nodeId());
        }
    }

    private void onSignOfLife(String nodeId, Instant at) {
        bootstrap.nodeSeen(nodeId);
        if (leases.renew(nodeId, at)) {
            log.info("Node {} is back, requesting its users", nodeId);
            publisher.requestSnapshot(nodeId);
        }
    }

    /** What to do for each kind of event of another node. */
    private final class EventsOfOthers implements NodeEvent.Visitor<Runnable> {

        private final int partition;

        EventsOfOthers(int partition) {
            this.partition = partition;
        }

        @Override
        public Runnable heartbeat(NodeHeartbeat event) {
            return () -> leases.restarted(event.nodeId(), event.at());
        }

        @Override
        public Runnable stopped(NodeStopped event) {
            return () -> {
                leases.stopped(event.nodeId(), event.at());
                bootstrap.snapshotReceived(event.nodeId());
            };
        }

        @Override
        public Runnable snapshotRequested(NodeSnapshotRequested event) {
            return () -> respondTo(event);
        }

        @Override
        public Runnable snapshotSent(NodeSnapshotSent event) {
            return () -> {
                if (event.to().equals(ownId)) {
                    onSnapshotEnd(event.nodeId());
                }
            };
        }

        /** The events of a snapshot are spread over all partitions: it is complete when its end was read in all of them. */
        private void onSnapshotEnd(String nodeId) {
            Set<Integer> ends = snapshotEnds.computeIfAbsent(nodeId, first -> new HashSet<>());
            ends.add(partition);
            if (ends.containsAll(heartbeats.partitions())) {
                snapshotEnds.remove(nodeId);
                bootstrap.snapshotReceived(nodeId);
            }
        }
    }

    /** What to do for each kind of event of this node. Gives the nodes whose leases have expired. */
    private final class OwnEvents implements NodeEvent.Visitor<List<NodeLeases.ExpiredLease>> {

        private final int partition;

        OwnEvents(int partition) {
            this.partition = partition;
        }

        /**
         * Leases expire when this node's heartbeat was read in all partitions, and with it everything published before: a node
         * may have reported in another partition.
         */
        @Override
        public List<NodeLeases.ExpiredLease> heartbeat(NodeHeartbeat event) {
            long now = System.nanoTime();
            if (!heartbeats.advance(partition, event.at()) || now - lastTick < minTickNanos) {
                return List.of();
            }
            lastTick = now;
            List<NodeLeases.ExpiredLease> expired = leases.tick();
            for (NodeLeases.ExpiredLease lease : expired) {
                snapshotEnds.remove(lease.nodeId());
                log.info("Node {} is gone, last seen alive at {}", lease.nodeId(), lease.lastAlive());
            }
            return expired;
        }

        @Override
        public List<NodeLeases.ExpiredLease> stopped(NodeStopped event) {
            return List.of();
        }

        @Override
        public List<NodeLeases.ExpiredLease> snapshotRequested(NodeSnapshotRequested event) {
            bootstrap.snapshotRequested();
            return List.of();
        }

        @Override
        public List<NodeLeases.ExpiredLease> snapshotSent(NodeSnapshotSent event) {
            return List.of();
        }
    }

    /** Whether this node does what only one of all nodes must do. */
    boolean isFirst() {
        return leases.isFirst(ownId);
    }

    /** How many other nodes there are. */
    int count() {
        return leases.size();
    }
}
