package dev.parley.presence.profile;

import dev.parley.events.UserChanged;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads that users have changed their names or pictures. */
@Component
final class ProfileEventHandler implements EventHandler {

    private final ProfileNotifier notifier;

    ProfileEventHandler(ProfileNotifier notifier) {
        this.notifier = notifier;
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Mono.fromRunnable(() -> batch.forEach(this::handle));
    }

    private void handle(ReceivedEvent received) {
        if (received.data() instanceof UserChanged user && !Boolean.FALSE.equals(user.profileChanged())) {
            notifier.changed(user);
        }
    }
}
