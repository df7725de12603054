package dev.parley.presence.cluster;

import dev.parley.events.UserChanged;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.LastSeenPrivacy;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads what users set about who sees them, and has the others notified of it at once. */
@Component
final class VisibilityChanges implements EventHandler {

    private final LastSeenPrivacy settings;
    private final PresenceNotifier notifier;

    VisibilityChanges(LastSeenPrivacy settings, PresenceNotifier notifier) {
        this.settings = settings;
        this.notifier = notifier;
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Mono.fromRunnable(() -> batch.forEach(this::handle));
    }

    private void handle(ReceivedEvent received) {
        if (received.data() instanceof UserChanged user) {
            notifier.visibilityChanged(new UserKey(user.tenantId(), user.userId()), settings.changed(user));
        }
    }
}
