package dev.parley.presence.cluster;

import dev.parley.events.Event;
import dev.parley.events.NodeEvent;
import dev.parley.events.PresenceChanged;
import dev.parley.events.TypingChanged;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.online.PresenceTransition;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import dev.parley.presence.typing.TypingUsers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the short-lived events of users and nodes, and sends what they mean to the devices of this node. */
@Component
final class PresenceEventHandler implements EventHandler {

    private static final Logger log = LoggerFactory.getLogger(PresenceEventHandler.class);

    private static final int MAX_NOTIFICATIONS_AT_ONCE = 100;

    private static final int NOT_AHEAD = 0;

    private final ClusterPresence presences;
    private final ClusterMembership nodes;
    private final PresenceNotifier notifier;
    private final LiveSurfaces surfaces;
    private final FanoutScope scope;
    private final TypingUsers typingUsers;

    PresenceEventHandler(
            ClusterPresence presences,
            ClusterMembership nodes,
            PresenceNotifier notifier,
            LiveSurfaces surfaces,
            FanoutScope scope,
            TypingUsers typingUsers) {
        this.presences = presences;
        this.nodes = nodes;
        this.notifier = notifier;
        this.surfaces = surfaces;
        this.scope = scope;
        this.typingUsers = typingUsers;
    }

    /**
     * The next batch comes when this one has been written or dropped: the sockets' queues do not grow without bound. Many users
     * may go at once, with their node: they are told in portions.
     */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch)
                .concatMapIterable(this::transitions)
                .buffer(MAX_NOTIFICATIONS_AT_ONCE)
                .concatMap(
                        some -> Mono.defer(() -> notifier.notify(notifications(some)))
                                .then(scope.fanout().settled()),
                        NOT_AHEAD)
                .then(scope.fanout().settled());
    }

    @Override
    public void onStart(String topic, Map<Integer, PartitionRange> ranges) {
        nodes.reads(ranges.keySet());
    }

    private List<PresenceNotifier.Notification> notifications(List<PresenceTransition> transitions) {
        List<PresenceNotifier.Notification> notifications = new ArrayList<>();
        for (PresenceTransition transition : transitions) {
            try {
                notifications.add(new PresenceNotifier.Notification(transition, presences.observers(transition)));
            } catch (RuntimeException failure) {
                log.warn("Nobody is told that {} is {}", transition.user(), transition.now(), failure);
            }
        }
        return notifications;
    }

    /** A record that cannot be handled is skipped alone: what those before it changed is still told. */
    private List<PresenceTransition> transitions(ReceivedEvent received) {
        List<PresenceTransition> transitions = new ArrayList<>();
        try {
            apply(received, transitions);
        } catch (RuntimeException failure) {
            log.warn("Skipped event {}", received.id(), failure);
        }
        return transitions;
    }

    private void apply(ReceivedEvent received, List<PresenceTransition> transitions) {
        Event event = received.data();
        Instant at = received.time();
        if (event instanceof TypingChanged typing) {
            typingUsers.remember(typing);
            surfaces.render(
                    "who is typing", renderer -> renderer.typingChanged(typing, EventContext.unrecorded(scope)));
        } else if (event instanceof PresenceChanged presence) {
            nodes.heard(presence.nodeId(), at);
            presences.apply(presence).ifPresent(transitions::add);
        } else if (event instanceof NodeEvent said) {
            List<NodeLeases.Ended> ended = nodes.heard(said, at, received.partition());
            boolean store = !ended.isEmpty() && nodes.isFirst();
            ended.forEach(one -> transitions.addAll(presences.lost(one.nodeId(), one.lastAlive(), store)));
        }
    }
}
