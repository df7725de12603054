package dev.parley.presence.cluster;

import dev.parley.events.NodeEvent;
import dev.parley.events.NodeHeartbeat;
import dev.parley.events.NodeSnapshotRequested;
import dev.parley.events.NodeSnapshotSent;
import dev.parley.events.NodeStopped;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.presence.online.NodeId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Publishes events about this node to the other nodes. */
@Component
final class NodePublisher {

    private static final Logger log = LoggerFactory.getLogger(NodePublisher.class);

    private final EventPublisher publisher;
    private final EventCodec events;
    private final String ownId;

    NodePublisher(EventPublisher publisher, EventCodec events, NodeId node) {
        this.publisher = publisher;
        this.events = events;
        this.ownId = node.value();
    }

    void publishHeartbeat() {
        publishToAllPartitions(new NodeHeartbeat(ownId, now()));
    }

    /** Asks all other nodes for their users. */
    void requestSnapshots() {
        publish(new NodeSnapshotRequested(ownId, null));
    }

    /** Asks one node for its users. */
    void requestSnapshot(String nodeId) {
        publish(new NodeSnapshotRequested(ownId, nodeId));
    }

    /** The requester has been sent all users of this node. */
    void publishSnapshotEnd(String requester) {
        publishToAllPartitions(new NodeSnapshotSent(ownId, requester));
    }

    /** Completes when the broker has stored it. */
    Mono<Void> publishStopped() {
        return publisher.publish(events.pending(new NodeStopped(ownId, now())));
    }

    private void publish(NodeEvent event) {
        subscribe(publisher.publish(events.pending(event)), event);
    }

    /**
     * A node that has read the event in all partitions has also read everything about users that was published before it.
     */
    private void publishToAllPartitions(NodeEvent event) {
        subscribe(publisher.publishToAllPartitions(events.pending(event)), event);
    }

    private static void subscribe(Mono<Void> publication, NodeEvent event) {
        publication.subscribe(
                nothing -> {}, failure -> log.warn("Could not publish {}: {}", event, failure.toString()));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
