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

/** What this node says to the others. */
@Component
final class NodePublisher {

    private static final Logger log = LoggerFactory.getLogger(NodePublisher.class);

    private final EventPublisher publisher;
    private final EventCodec events;
    private final String me;

    NodePublisher(EventPublisher publisher, EventCodec events, NodeId node) {
        this.publisher = publisher;
        this.events = events;
        this.me = node.value();
    }

    void alive() {
        sayEverywhere(new NodeHeartbeat(me, now()));
    }

    void askEverybody() {
        say(new NodeSnapshotRequested(me, null));
    }

    void ask(String nodeId) {
        say(new NodeSnapshotRequested(me, nodeId));
    }

    void told(String asker) {
        sayEverywhere(new NodeSnapshotSent(me, asker));
    }

    /** Completes when the broker has it. */
    Mono<Void> left() {
        return publisher.publish(events.pending(new NodeStopped(me, now())));
    }

    private void say(NodeEvent event) {
        run(publisher.publish(events.pending(event)), event);
    }

    /** So that who has heard it in every partition has heard all that was said before it of any user. */
    private void sayEverywhere(NodeEvent event) {
        run(publisher.publishToAllPartitions(events.pending(event)), event);
    }

    private static void run(Mono<Void> publication, NodeEvent event) {
        publication.subscribe(
                nothing -> {}, lost -> log.warn("The other nodes were not told {}: {}", event, "" + lost));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
