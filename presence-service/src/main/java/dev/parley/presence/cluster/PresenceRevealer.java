package dev.parley.presence.cluster;

import dev.parley.presence.online.PresenceObservers;
import dev.parley.presence.stream.ConversationChangeListener;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Tells users who now share a conversation with others which of those are online. */
@Component
final class PresenceRevealer implements ConversationChangeListener {

    private final PresenceObservers observers;
    private final PresenceNotifier notifier;

    PresenceRevealer(PresenceObservers observers, PresenceNotifier notifier) {
        this.observers = observers;
        this.notifier = notifier;
    }

    @Override
    public void opened(String tenantId, String conversationId, Collection<String> userIds) {
        notifier.reveal(tenantId, observers.newlyVisible(tenantId, conversationId, userIds));
    }
}
