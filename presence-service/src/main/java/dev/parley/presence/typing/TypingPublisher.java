package dev.parley.presence.typing;

import dev.parley.events.TypingChanged;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.online.NodeId;
import org.springframework.stereotype.Component;

/** Publishes to all nodes where the users of this node are typing, without an outbox: such a signal may be lost. */
@Component
final class TypingPublisher {

    private final EventPublisher publisher;
    private final EventCodec events;
    private final NodeId node;

    TypingPublisher(EventPublisher publisher, EventCodec events, NodeId node) {
        this.publisher = publisher;
        this.events = events;
        this.node = node;
    }

    /** Events leave in the order of the calls. */
    void publish(ConnectedUser user, String conversationId, UserSummary profile, boolean typing) {
        TypingChanged event =
                new TypingChanged(user.id(), user.tenantId(), conversationId, profile, typing, node.value());
        publisher.publish(events.pending(event)).subscribe(nothing -> {}, lost -> {});
    }
}
