package dev.parley.presence.cluster;

import dev.parley.events.Event;
import dev.parley.events.NodeEvent;
import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceEvent;
import dev.parley.events.TypingChanged;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.online.PresenceTransition;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.typing.TypingNotifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the events of typing users, of users' statuses and of nodes, and notifies the users of this node. */
@Component
final class PresenceEventHandler implements EventHandler {

    private static final Logger log = LoggerFactory.getLogger(PresenceEventHandler.class);

    private static final int MAX_NOTIFICATIONS_AT_ONCE = 100;
    private static final int NO_PREFETCH = 0;

    private final ClusterPresence presences;
    private final ClusterMembership nodes;
    private final PresenceNotifier notifier;
    private final TypingNotifier typing;
    private final FanoutScope scope;

    PresenceEventHandler(
            ClusterPresence presences,
            ClusterMembership nodes,
            PresenceNotifier notifier,
            TypingNotifier typing,
            FanoutScope scope) {
        this.presences = presences;
        this.nodes = nodes;
        this.notifier = notifier;
        this.typing = typing;
        this.scope = scope;
    }

    /**
     * Completes when the events were written to the sockets or dropped, and only then the next batch is read: so the queues stay
     * short. When a node dies many users go offline at once, so notifications are sent in several batches.
     */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch)
                .concatMapIterable(this::transitions)
                .buffer(MAX_NOTIFICATIONS_AT_ONCE)
                .concatMap(
                        transitions -> Mono.defer(() -> notifier.notify(notifications(transitions)))
                                .then(scope.fanout().whenWritten()),
                        NO_PREFETCH)
                .then(scope.fanout().whenWritten());
    }

    @Override
    public void onStart(String topic, Map<Integer, PartitionRange> ranges) {
        nodes.setPartitions(ranges.keySet());
    }

    private List<PresenceNotifier.Notification> notifications(List<PresenceTransition> transitions) {
        List<PresenceNotifier.Notification> notifications = new ArrayList<>();
        for (PresenceTransition transition : transitions) {
            try {
                notifications.add(new PresenceNotifier.Notification(transition, presences.observersOf(transition)));
            } catch (RuntimeException failure) {
                log.warn("Could not notify anybody that {} is {}", transition.user(), transition.now(), failure);
            }
        }
        return notifications;
    }

    /** An event that cannot be applied is skipped alone: the transitions of the others are still sent. */
    private List<PresenceTransition> transitions(ReceivedEvent received) {
        try {
            return apply(received);
        } catch (RuntimeException failure) {
            log.warn("Skipped event {}", received.id(), failure);
            return List.of();
        }
    }

    private List<PresenceTransition> apply(ReceivedEvent received) {
        Event event = received.data();
        if (event instanceof PresenceEvent userEvent) {
            return userEvent.accept(new UserEvents(received.time()));
        }
        return event instanceof NodeEvent nodeEvent ? apply(nodeEvent, received) : List.of();
    }

    private List<PresenceTransition> apply(NodeEvent event, ReceivedEvent received) {
        // Nodes are heard every second, so this is checked as often.
        typing.endOverdue();
        List<NodeLeases.ExpiredLease> expired = nodes.onNodeEvent(event, received.time(), received.partition());
        boolean store = !expired.isEmpty() && nodes.isFirst();
        return expired.stream()
                .flatMap(lease -> presences.removeNode(lease.nodeId(), lease.lastAlive(), store).stream())
                .toList();
    }

    /** What to do for each kind of event about a user. Gives the transitions that it causes. */
    private final class UserEvents implements PresenceEvent.Visitor<List<PresenceTransition>> {

        private final Instant at;

        UserEvents(Instant at) {
            this.at = at;
        }

        @Override
        public List<PresenceTransition> typingChanged(TypingChanged event) {
            typing.notify(event);
            return List.of();
        }

        @Override
        public List<PresenceTransition> presenceChanged(PresenceChanged event) {
            nodes.onUserEvent(event.nodeId(), at);
            return presences.apply(event).stream().toList();
        }
    }
}
