package dev.parley.notification.audience;

import dev.parley.events.Event;
import dev.parley.events.NodeEvent;
import dev.parley.events.NodeHeartbeat;
import dev.parley.events.NodeSnapshotRequested;
import dev.parley.events.NodeSnapshotSent;
import dev.parley.events.NodeStopped;
import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceEvent;
import dev.parley.events.TypingChanged;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.id.Ids;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Reads what the nodes of sockets say of themselves and of what their users have open. A node of which nothing is known, at the
 * start or after it was silent, is asked for all its users.
 */
@Component
final class OpenConversationsReader implements EventHandler {

    private static final Logger log = LoggerFactory.getLogger(OpenConversationsReader.class);

    private final OpenAtNodes open;
    private final EventPublisher publisher;
    private final EventCodec events;
    private final String ownId = Ids.next();

    OpenConversationsReader(OpenAtNodes open, EventPublisher publisher, EventCodec events) {
        this.open = open;
        this.publisher = publisher;
        this.events = events;
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Mono.fromRunnable(() -> {
            batch.forEach(received -> handle(received.data()));
            open.forgetSilent();
        });
    }

    private void handle(Event event) {
        if (event instanceof NodeEvent node) {
            node.accept(new OfNodes()).run();
        } else if (event instanceof PresenceEvent user) {
            user.accept(new OfUsers()).run();
        }
    }

    private void heard(String nodeId) {
        if (open.heard(nodeId)) {
            ask(nodeId);
        }
    }

    private void ask(String nodeId) {
        publisher
                .publish(events.pending(new NodeSnapshotRequested(ownId, nodeId, true)))
                .subscribe(
                        asked -> {},
                        failure -> log.warn(
                                "Could not ask for what users have open; they may be told what they see: {}",
                                failure.toString()));
    }

    private final class OfNodes implements NodeEvent.Visitor<Runnable> {

        @Override
        public Runnable heartbeat(NodeHeartbeat event) {
            return () -> heard(event.nodeId());
        }

        @Override
        public Runnable stopped(NodeStopped event) {
            return () -> open.forget(event.nodeId());
        }

        /** Who asks may be no node. */
        @Override
        public Runnable snapshotRequested(NodeSnapshotRequested event) {
            return () -> {};
        }

        @Override
        public Runnable snapshotSent(NodeSnapshotSent event) {
            return () -> heard(event.nodeId());
        }
    }

    private final class OfUsers implements PresenceEvent.Visitor<Runnable> {

        @Override
        public Runnable presenceChanged(PresenceChanged event) {
            return () -> {
                heard(event.nodeId());
                open.told(
                        event.nodeId(),
                        event.userId(),
                        Objects.requireNonNullElse(event.openConversationIds(), List.of()));
            };
        }

        @Override
        public Runnable typingChanged(TypingChanged event) {
            return () -> {};
        }
    }
}
