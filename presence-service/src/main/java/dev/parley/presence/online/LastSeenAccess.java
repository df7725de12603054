package dev.parley.presence.online;

import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.ContactLookup;
import dev.parley.presence.online.LastSeenPrivacy.Visibility;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows when a user was last seen to those whom the user shows it to. */
@Component
public final class LastSeenAccess {

    private final LastSeenStore lastSeen;
    private final LastSeenPrivacy privacy;
    private final ContactLookup contacts;

    LastSeenAccess(LastSeenStore lastSeen, LastSeenPrivacy privacy, ContactLookup contacts) {
        this.lastSeen = lastSeen;
        this.privacy = privacy;
        this.contacts = contacts;
    }

    /** When a user of the viewer's tenant was last seen. Empty if never, or if the viewer may not see it. */
    public Mono<Instant> find(UserKey viewer, String userId) {
        UserKey user = new UserKey(viewer.tenantId(), userId);
        return maySee(viewer, user).flatMap(allowed -> allowed ? lastSeen.find(user) : Mono.empty());
    }

    /** Users always see their own time, whatever they show to others. */
    private Mono<Boolean> maySee(UserKey viewer, UserKey user) {
        if (viewer.equals(user)) {
            return Mono.just(true);
        }
        return privacy.visibilities(user.tenantId(), Set.of(user.userId()))
                .map(visibilities -> visibilities.getOrDefault(user.userId(), Visibility.NOBODY))
                .flatMap(visibility -> isVisible(visibility, viewer, user));
    }

    private Mono<Boolean> isVisible(Visibility visibility, UserKey viewer, UserKey user) {
        return switch (visibility) {
            case EVERYONE -> Mono.just(true);
            case CONTACTS -> contacts.shareConversation(viewer.userId(), user.userId());
            case NOBODY -> Mono.just(false);
        };
    }
}
