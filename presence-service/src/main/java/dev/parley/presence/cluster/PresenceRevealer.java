package dev.parley.presence.cluster;

import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.PresenceObservers;
import dev.parley.presence.stream.ConversationChangeListener;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Tells users who now share a conversation with others which of those are online. */
@Component
final class PresenceRevealer implements ConversationChangeListener {

    private final PresenceObservers observers;
    private final LiveSurfaces surfaces;
    private final FanoutScope scope;

    PresenceRevealer(PresenceObservers observers, LiveSurfaces surfaces, FanoutScope scope) {
        this.observers = observers;
        this.surfaces = surfaces;
        this.scope = scope;
    }

    @Override
    public void opened(String tenantId, String conversationId, Collection<String> userIds) {
        EventContext context = EventContext.unrecorded(scope);
        observers
                .newlyVisible(tenantId, conversationId, userIds)
                .forEach((userId, observerIds) -> surfaces.render(
                        () -> "who is online in a conversation that is new to them",
                        renderer -> renderer.presenceRevealed(new UserKey(tenantId, userId), observerIds, context)));
    }
}
