package dev.parley.presence.online;

import dev.parley.presence.device.UserKey;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows when a user was last seen to those whom the user shows it to. */
@Component
public final class LastSeenAccess {

    private final LastSeenStore lastSeen;
    private final PresenceVisibility visibility;

    LastSeenAccess(LastSeenStore lastSeen, PresenceVisibility visibility) {
        this.lastSeen = lastSeen;
        this.visibility = visibility;
    }

    /** When a user of the viewer's tenant was last seen. Empty if never, or if the viewer may not see it. */
    public Mono<Instant> find(UserKey viewer, String userId) {
        UserKey user = new UserKey(viewer.tenantId(), userId);
        return visibility.maySee(viewer, user).flatMap(allowed -> allowed ? lastSeen.find(user) : Mono.empty());
    }
}
