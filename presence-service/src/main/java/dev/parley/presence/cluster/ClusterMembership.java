package dev.parley.presence.cluster;

import dev.parley.events.NodeEvent;
import dev.parley.events.NodeHeartbeat;
import dev.parley.events.NodeSnapshotRequested;
import dev.parley.events.NodeSnapshotSent;
import dev.parley.events.NodeStopped;
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

/** The other nodes that run presence-service. Told of by one thread. */
@Component
final class ClusterMembership {

    private static final Logger log = LoggerFactory.getLogger(ClusterMembership.class);

    private final String me;
    private final NodePublisher messages;
    private final SnapshotResponder answers;
    private final BootstrapBarrier introduction;
    private final NodeLeases leases;
    private final PartitionWatermark beats = new PartitionWatermark();

    /** By node, the partitions where it was heard that it has told this one all. */
    private final Map<String, Set<Integer>> toldIn = new HashMap<>();

    /** Beats that come together after a pause are one: the others' wait behind them. */
    private final long shortestBeat;

    private long lastBeat = System.nanoTime();

    ClusterMembership(
            NodeId me,
            NodePublisher messages,
            SnapshotResponder answers,
            BootstrapBarrier introduction,
            PresenceSettings settings) {
        this.me = me.value();
        this.messages = messages;
        this.answers = answers;
        this.introduction = introduction;
        this.leases = new NodeLeases(
                settings.nodes().beatsOf(settings.nodes().lease()),
                settings.nodes().beatsOf(settings.offlineGrace()));
        this.shortestBeat = settings.nodes().heartbeat().toNanos() / 2;
    }

    /** These partitions of the topic are read. */
    void reads(Set<Integer> partitions) {
        beats.partitions(partitions);
    }

    /** A node told something of a user. */
    void heard(String nodeId, Instant at) {
        if (!nodeId.equals(me)) {
            other(nodeId, at);
        }
    }

    /** A node told something of itself. Gives the nodes whose time is over now. */
    List<NodeLeases.Ended> heard(NodeEvent event, Instant at, int partition) {
        if (event.nodeId().equals(me)) {
            return own(event, partition);
        }
        other(event.nodeId(), at);
        if (event instanceof NodeHeartbeat alive) {
            leases.back(alive.nodeId(), alive.at());
        } else if (event instanceof NodeStopped left) {
            leases.left(left.nodeId(), left.at());
            introduction.done(left.nodeId());
        } else if (event instanceof NodeSnapshotRequested asks && (asks.of() == null || me.equals(asks.of()))) {
            answers.to(asks.nodeId());
        } else if (event instanceof NodeSnapshotSent told && told.to().equals(me)) {
            told(told.nodeId(), partition);
        }
        return List.of();
    }

    /** What it told of users is in any partition. */
    private void told(String nodeId, int partition) {
        Set<Integer> heard = toldIn.computeIfAbsent(nodeId, first -> new HashSet<>());
        heard.add(partition);
        if (heard.containsAll(beats.partitions())) {
            toldIn.remove(nodeId);
            introduction.done(nodeId);
        }
    }

    private void other(String nodeId, Instant at) {
        introduction.heard(nodeId);
        if (leases.heard(nodeId, at)) {
            log.info("Node {} is there again", nodeId);
            messages.ask(nodeId);
        }
    }

    /** The time of those who are lost is over when all was heard that had been said before: one may be back elsewhere. */
    private List<NodeLeases.Ended> own(NodeEvent event, int partition) {
        if (event instanceof NodeSnapshotRequested) {
            introduction.asked();
        }
        long now = System.nanoTime();
        if (!(event instanceof NodeHeartbeat alive)
                || !beats.heard(partition, alive.at())
                || now - lastBeat < shortestBeat) {
            return List.of();
        }
        lastBeat = now;
        List<NodeLeases.Ended> ended = leases.beat();
        ended.forEach(one -> toldIn.remove(one.nodeId()));
        ended.forEach(one -> log.info("Node {} is gone, last heard of at {}", one.nodeId(), one.lastAlive()));
        return ended;
    }

    /** Whether what all nodes see falls to this one to do. */
    boolean isFirst() {
        return leases.isFirst(me);
    }

    int count() {
        return leases.size();
    }
}
