package dev.parley.conversation.invitation;

import dev.parley.events.InvitationChanged;
import dev.parley.events.InvitationState;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Publishes what becomes of invitations, for those who are connected. Without an outbox, and what cannot be published fails
 * nothing: the invitation is stored, and who asks for the list sees it.
 */
@Component
final class InvitationPublisher {

    private static final Logger log = LoggerFactory.getLogger(InvitationPublisher.class);

    private final EventPublisher publisher;
    private final EventCodec events;

    InvitationPublisher(EventPublisher publisher, EventCodec events) {
        this.publisher = publisher;
        this.events = events;
    }

    /** Never fails. */
    Mono<Void> publish(Collection<Invitation> invitations, InvitationState state) {
        if (invitations.isEmpty()) {
            return Mono.empty();
        }
        return publisher
                .publish(invitations.stream()
                        .map(one -> events.pending(new InvitationChanged(
                                one.conversationId(), one.tenantId(), one.userId(), one.invitedBy(), state)))
                        .toList())
                .onErrorResume(failure -> {
                    log.warn("Could not tell of {} invitations: {}", invitations.size(), failure.toString());
                    return Mono.empty();
                });
    }
}
