package dev.parley.presence.invitation;

import dev.parley.events.InvitationChanged;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.EventSubscription;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class InvitationConfiguration {

    @Bean
    EventSubscription invitationChanges(LiveSurfaces surfaces, FanoutScope scope) {
        EventHandler handler = batch -> Mono.fromRunnable(() -> batch.forEach(received -> {
            if (received.data() instanceof InvitationChanged invitation) {
                surfaces.render(
                        () -> "the invitation of " + invitation.userId() + " to " + invitation.conversationId(),
                        renderer -> renderer.invitationChanged(invitation, EventContext.unrecorded(scope)));
            }
        }));
        return EventSubscription.broadcast(Topics.INVITATIONS, handler);
    }
}
